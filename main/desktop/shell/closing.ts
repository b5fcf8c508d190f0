import type { ElectronApi } from "../electron-api.ts";
import { text } from "../text.ts";
import type { OpenWindow, WindowDesk } from "../window/window-desk.ts";
import type { EngineSupervisor } from "../processes/engine-supervisor.ts";
import type { RunTray } from "./run-tray.ts";

interface Options {
  readonly electron: Pick<ElectronApi, "app" | "dialog">;
  readonly windows: () => WindowDesk;
  readonly engine: () => EngineSupervisor;
  readonly tray: () => RunTray;
  readonly platform?: NodeJS.Platform;
}

/** How long a window waits for its last edits to reach their files, in milliseconds. */
const longestWait = 2000;
const lookAgain = 50;

/** What happens when windows close and the app ends: nothing that a person did or started is lost unasked. */
export class Closing {
  readonly #options: Options;
  #isOver = false;
  #isAsking = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether a window may close now. Where it may not yet, it is closed later from here. */
  mayClose(entry: OpenWindow): boolean {
    if (this.#isOver) return true;
    if (entry.isEdited) {
      void this.#closeWhenSaved(entry);
      return false;
    }
    const { windows, engine } = this.#options;
    if (windows().count > 1 || engine().running === 0) return true;
    void this.#ask();
    return false;
  }

  /** The last window is gone. */
  windowsGone(): void {
    const { electron, engine, tray, platform = process.platform } = this.#options;
    if (this.#isOver || tray().isShown) return;
    if (platform === "darwin" && engine().running === 0) return;
    electron.app.quit();
  }

  /** Whether the app may end now. Where it may not yet, it ends later from here. */
  mayQuit(): boolean {
    if (this.#isOver) return true;
    const { engine, windows } = this.#options;
    if (engine().running > 0 && windows().count > 0) void this.#ask();
    else void this.quit();
    return false;
  }

  /** Cancels what still runs and ends the app. */
  async quit(): Promise<void> {
    const { electron, engine, tray, windows } = this.#options;
    await Promise.all(
      windows()
        .all()
        .map((entry) => this.#saved(entry)),
    );
    this.#isOver = true;
    tray().hide();
    await engine().end();
    electron.app.quit();
  }

  /** Runs that were left going without a window have ended. */
  runsChanged(running: number): void {
    const { tray, windows } = this.#options;
    if (!tray().isShown) return;
    if (running > 0) return tray().show(running);
    tray().tellFinished();
    tray().hide();
    if (windows().count === 0) void this.quit();
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { electron, engine, tray, windows } = this.#options;
    const { response } = await electron.dialog.showMessageBox(text.closing(engine().running));
    this.#isAsking = false;
    if (response === 2) return;
    // The run may have ended while the question stood there.
    if (response === 1 || engine().running === 0) return this.quit();
    tray().show(engine().running);
    for (const entry of windows().all()) entry.window.destroy();
  }

  async #closeWhenSaved(entry: OpenWindow): Promise<void> {
    await this.#saved(entry);
    entry.isEdited = false;
    if (!entry.window.isDestroyed()) entry.window.close();
  }

  /** Resolves when the window's edits are in their files, or when that takes too long. */
  async #saved(entry: OpenWindow): Promise<void> {
    for (let waited = 0; waited < longestWait && entry.isEdited; waited += lookAgain) {
      await new Promise((resolve) => setTimeout(resolve, lookAgain));
    }
  }
}
