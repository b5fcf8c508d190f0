// The desktop: one window a project over an engine in a process of its own. No logic of pipelines is in here.

import { cwd, platform } from "node:process";

import { assemble } from "./assemble.ts";
import type { DesktopOptions } from "./desktop-options.ts";
import type { ElectronApi } from "./electron-api.ts";
import type { EngineSupervisor } from "./processes/engine-supervisor.ts";
import { launchTarget } from "./shell/launch-target.ts";
import { lockContents } from "./window/lock-contents.ts";
import { lockSession } from "./window/lock-session.ts";
import { registerScheme, servePage } from "./window/serve-page.ts";
import type { WindowDesk } from "./window/window-desk.ts";

/** The parts of a running desktop, for those who look after it. */
export interface Desktop {
  readonly windows: WindowDesk;
  readonly engine: EngineSupervisor;
  /** Tells the person of an error that nobody caught. */
  readonly crashed: (thrown: unknown) => void;
}

/** Starts the app, or hands what it was started for to the one that runs already (`null`). */
export const startDesktop = (electron: ElectronApi, options: DesktopOptions): Desktop | null => {
  const { app } = electron;
  prepare(electron);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return null;
  }
  const { windows, engine, menu, closing, crashes, updates } = assemble(electron, options);

  const folders = [launchTarget(argumentsOf(electron, options.argv), cwd())].filter((folder) => folder !== null);
  app.on("open-file", (event, path) => {
    event.preventDefault();
    const folder = launchTarget([path], cwd());
    if (folder === null) return;
    if (windows.count === 0) folders.push(folder);
    else windows.show(folder);
  });
  app.on("second-instance", (_event, given, workingFolder) =>
    windows.show(launchTarget(argumentsOf(electron, given), workingFolder)),
  );
  app.on("activate", () => {
    if (windows.count === 0) windows.show(null);
  });
  app.on("web-contents-created", (_event, contents) => lockContents(contents, electron.shell));
  app.on("window-all-closed", () => closing.windowsGone());
  app.on("before-quit", (event) => {
    if (!closing.mayQuit()) event.preventDefault();
  });
  crashes.watchPages();

  const open = async (): Promise<void> => {
    await app.whenReady();
    lockSession(electron.session.defaultSession);
    servePage(electron.protocol, options.places.page);
    engine.start();
    menu.build();
    for (const folder of folders.length === 0 ? [null] : folders) windows.open(folder);
    updates.start();
  };
  open().catch((thrown: unknown) => void crashes.crashed(thrown));
  return { windows, engine, crashed: (thrown) => void crashes.crashed(thrown) };
};

/** What has to be said before Electron is ready. */
const prepare = ({ app, protocol }: ElectronApi): void => {
  // Without the system's own sandbox (root in a container) Electron's would start itself over and over.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  for (const name of ["disable-background-networking", "disable-component-update", "disable-domain-reliability"]) {
    app.commandLine.appendSwitch(name);
  }
  if (platform === "win32") app.setAppUserModelId("dev.headrace.app");
  registerScheme(protocol);
};

/** A packaged app is started as `headrace …`, in development as `electron <app> …`. */
const argumentsOf = ({ app }: ElectronApi, given: readonly string[]): readonly string[] =>
  app.isPackaged ? given.slice(1) : given.filter((argument) => !argument.startsWith("-")).slice(2);
