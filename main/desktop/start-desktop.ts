// The desktop: one window a project over an engine in a process of its own. No logic of pipelines is in here.

import { join } from "node:path";
import { cwd } from "node:process";

import { channels } from "../../shared/desktop/index.ts";
import type { ElectronApi } from "./electron-api.ts";
import { EngineSupervisor } from "./processes/engine-supervisor.ts";
import type { Places } from "./places.ts";
import { answerCalls, type ShellHandlers } from "./shell/answer-calls.ts";
import { Closing } from "./shell/closing.ts";
import { CrashDialogs } from "./shell/crash-dialogs.ts";
import { launchTarget } from "./shell/launch-target.ts";
import { MenuBar } from "./shell/menu-bar.ts";
import { RunTray } from "./shell/run-tray.ts";
import { type EndProcess, endProcess } from "./system/end-process.ts";
import { openLog } from "./system/log-file.ts";
import { SecretVault } from "./system/secret-vault.ts";
import { Updates } from "./system/updates.ts";
import { text } from "./text.ts";
import { lockContents } from "./window/lock-contents.ts";
import { lockSession } from "./window/lock-session.ts";
import { registerScheme, servePage } from "./window/serve-page.ts";
import { WindowDesk } from "./window/window-desk.ts";
import { WindowState } from "./window/window-state.ts";

export interface DesktopOptions {
  readonly places: Places;
  /** Address of the update feed; empty for none. */
  readonly updateFeed: string;
  /** As the process was started. */
  readonly argv: readonly string[];
  readonly endProcess?: EndProcess;
}

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
  const desktop = assemble(electron, options);
  const { windows, engine, menu, closing, crashes, updates } = desktop;

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
  app.setAppUserModelId("dev.headrace.app");
  registerScheme(protocol);
};

/** A packaged app is started as `headrace …`, in development as `electron <app> …`. */
const argumentsOf = ({ app }: ElectronApi, given: readonly string[]): readonly string[] =>
  app.isPackaged ? given.slice(1) : given.filter((argument) => !argument.startsWith("-")).slice(2);

/** Makes the parts and introduces them to each other. */
const assemble = (electron: ElectronApi, { places, updateFeed, endProcess: end = endProcess }: DesktopOptions) => {
  const { app, dialog } = electron;
  const own = (name: string): string => join(app.getPath("userData"), name);
  const log = openLog(join(app.getPath("logs"), "headrace.log"));
  const secrets = new SecretVault(electron.safeStorage, own("secrets.json"));
  const updates = new Updates(electron, own("updates.json"), updateFeed);
  const state = new WindowState(own("windows.json"), electron.screen);

  const closing: Closing = new Closing({ electron, windows: () => windows, engine: () => engine, tray: () => tray });
  const crashes = new CrashDialogs({ electron, log, windows: () => windows });
  const windows = new WindowDesk({
    electron,
    preload: places.preload,
    state,
    mayClose: (entry) => closing.mayClose(entry),
  });
  const tray = new RunTray(electron, places.trayIcon, {
    open: () => windows.show(null),
    quit: () => void closing.quit(),
  });
  const engine: EngineSupervisor = new EngineSupervisor({
    electron,
    folder: places.processes,
    log,
    secret: (name) => secrets.get(name),
    onRuns: (running) => closing.runsChanged(running),
    onRecent: (projects) => menu.showRecent(projects),
    onRefused: (message, next) => void dialog.showMessageBox(text.refused(message, next)),
    onUnusable: (detail) => void crashes.engineUnusable(detail),
    onTrouble: (how) => void crashes.engineGone(how, () => engine.start()),
    endProcess: end,
  });

  const chooseFolder = async (title: string): Promise<string | null> => {
    const { filePaths } = await dialog.showOpenDialog({ title, properties: ["openDirectory", "createDirectory"] });
    return filePaths[0] ?? null;
  };
  const openChosen = async (): Promise<void> => {
    const folder = await chooseFolder(text.menu.openTitle);
    if (folder !== null) windows.show(folder);
  };
  const menu: MenuBar = new MenuBar(
    electron,
    {
      command: (id) => {
        const entry = windows.focused();
        if (entry !== null) windows.tell(entry, "command", { id });
      },
      open: () => void openChosen(),
      openRecent: (root) => windows.show(root),
      newWindow: () => void windows.open(null),
      quit: () => app.quit(),
      showLog: () => void crashes.showLog(),
      setUpdates: (isOn) => void updates.set(isOn),
    },
    () => updates.state(),
  );

  const handlers: ShellHandlers = {
    "engine.connect": (_input, { entry, post }) => {
      post(channels.port, [engine.connect(entry.root)]);
      return null;
    },
    "menu.show": ({ commands }) => {
      menu.showCommands(commands);
      return null;
    },
    "menu.enable": ({ enabled }, { entry }) => {
      if (windows.focused() === entry) menu.enable(enabled);
      return null;
    },
    "folder.choose": async ({ title }) => ({ folder: await chooseFolder(title) }),
    "window.project": ({ root, name }, { entry }) => {
      windows.describe(entry, { root, name });
      if (root !== null) app.addRecentDocument(root);
      engine.askRecent();
      return null;
    },
    "window.edited": ({ isEdited }, { entry }) => {
      windows.describe(entry, { isEdited });
      return null;
    },
    "secret.list": () => ({ names: [...secrets.names()] }),
    "secret.put": async ({ name, value }) => {
      await secrets.put(name, value);
      return null;
    },
    "updates.get": () => updates.state(),
    "updates.set": ({ isOn }) => {
      const after = updates.set(isOn);
      menu.build();
      return after;
    },
  };
  answerCalls(electron.ipcMain, windows, handlers);
  return { windows, engine, menu, closing, crashes, updates };
};
