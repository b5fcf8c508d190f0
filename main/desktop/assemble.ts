import { join } from "node:path";

import type { ElectronApi } from "./electron-api.ts";
import type { DesktopOptions } from "./desktop-options.ts";
import { EngineSupervisor } from "./processes/engine-supervisor.ts";
import { answerCalls } from "./shell/answer-calls.ts";
import { Closing } from "./shell/closing.ts";
import { CrashDialogs } from "./shell/crash-dialogs.ts";
import { MenuBar } from "./shell/menu-bar.ts";
import { RunTray } from "./shell/run-tray.ts";
import { shellHandlers } from "./shell/shell-handlers.ts";
import { openLog } from "./system/log-file.ts";
import { SecretVault } from "./system/secret-vault.ts";
import { Updates } from "./system/updates.ts";
import { text } from "./text.ts";
import { WindowDesk } from "./window/window-desk.ts";
import { WindowState } from "./window/window-state.ts";

/** The parts that the app consists of while it runs. */
export interface Parts {
  readonly windows: WindowDesk;
  readonly engine: EngineSupervisor;
  readonly menu: MenuBar;
  readonly closing: Closing;
  readonly crashes: CrashDialogs;
  readonly updates: Updates;
}

/** Makes the parts and introduces them to each other; nothing starts yet. */
export const assemble = (electron: ElectronApi, { places, updateFeed, endProcess }: DesktopOptions): Parts => {
  const { app, dialog } = electron;
  const own = (name: string): string => join(app.getPath("userData"), name);
  const log = openLog(join(app.getPath("logs"), "headrace.log"));
  const secrets = new SecretVault(electron.safeStorage, own("secrets.json"));
  const updates = new Updates(electron, own("updates.json"), updateFeed);

  const closing: Closing = new Closing({ electron, windows: () => windows, engine: () => engine, tray: () => tray });
  const crashes = new CrashDialogs({ electron, log, windows: () => windows });
  const windows = new WindowDesk({
    electron,
    preload: places.preload,
    state: new WindowState(own("windows.json"), electron.screen),
    mayClose: (entry) => closing.mayClose(entry),
    onComing: (folder) => engine.prepare(folder),
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
    ...(endProcess === undefined ? {} : { endProcess }),
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
      command: (id) => windows.tellFocused("command", { id }),
      open: () => void openChosen(),
      openRecent: (root) => windows.show(root),
      newWindow: () => void windows.open(null),
      quit: () => app.quit(),
      showLog: () => void crashes.showLog(),
      setUpdates: (isOn) => void updates.set(isOn),
    },
    () => updates.state(),
  );

  const handlers = shellHandlers({ app, windows, engine, menu, secrets, updates, chooseFolder });
  answerCalls(electron.ipcMain, windows, handlers);
  return { windows, engine, menu, closing, crashes, updates };
};
