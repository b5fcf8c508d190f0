import type { ElectronApi } from "../electron-api.ts";
import type { Log } from "../system/log-file.ts";
import { text } from "../text.ts";
import type { WindowDesk } from "../window/window-desk.ts";

interface Options {
  readonly electron: Pick<ElectronApi, "app" | "dialog" | "shell">;
  readonly log: Log;
  readonly windows: () => WindowDesk;
}

/** What a person is told when a part of the app breaks, each with what to do. */
export class CrashDialogs {
  readonly #options: Options;
  #isAsking = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Listens for pages that stop working. */
  watchPages(): void {
    const { electron, log, windows } = this.#options;
    electron.app.on("render-process-gone", (_event, contents, { reason, exitCode }) => {
      const entry = windows().of(contents);
      if (reason === "clean-exit" || entry === null) return;
      log.write("window", `gone: ${reason}, exit code ${exitCode}`);
      void this.#pageGone(entry.window, `Its page ended (${reason})`);
    });
  }

  /** The engine died too often; `again` starts it. */
  async engineGone(how: string, again: () => void): Promise<void> {
    const { electron } = this.#options;
    const { response } = await electron.dialog.showMessageBox(text.engineGone(how));
    if (response === 0) return again();
    if (response === 1) {
      await this.showLog();
      return this.engineGone(how, again);
    }
    return electron.app.quit();
  }

  async engineUnusable(detail: string): Promise<void> {
    const { electron } = this.#options;
    await electron.dialog.showMessageBox(text.unusable(detail));
    electron.app.exit(1);
  }

  /** An error in the shell itself that nobody caught. */
  async crashed(thrown: unknown): Promise<void> {
    const { electron, log } = this.#options;
    log.write("shell", thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    // One question at a time: an error that repeats would bury the person in dialogs.
    if (this.#isAsking) return;
    this.#isAsking = true;
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    const { response } = await electron.dialog.showMessageBox(text.crashed(detail));
    this.#isAsking = false;
    if (response === 1) return this.showLog();
    if (response === 0) electron.app.relaunch();
    return electron.app.exit(1);
  }

  async showLog(): Promise<void> {
    const { electron, log } = this.#options;
    log.write("shell", "the log was looked at");
    await electron.shell.openPath(log.path);
  }

  async #pageGone(window: { reload(): void; close(): void }, reason: string): Promise<void> {
    const { response } = await this.#options.electron.dialog.showMessageBox(text.pageGone(reason));
    if (response === 0) window.reload();
    else window.close();
  }
}
