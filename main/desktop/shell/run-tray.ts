import type { ElectronApi, ShellTray } from "../electron-api.ts";
import { text } from "../text.ts";

interface Actions {
  readonly open: () => void;
  readonly quit: () => void;
}

/** The icon that stands for runs without a window. */
export class RunTray {
  readonly #electron: Pick<ElectronApi, "Menu" | "Notification" | "Tray">;
  readonly #icon: string;
  readonly #actions: Actions;
  #tray: ShellTray | null = null;

  constructor(electron: Pick<ElectronApi, "Menu" | "Notification" | "Tray">, icon: string, actions: Actions) {
    this.#electron = electron;
    this.#icon = icon;
    this.#actions = actions;
  }

  get isShown(): boolean {
    return this.#tray !== null;
  }

  show(runs: number): void {
    if (this.#tray === null) {
      const { open, quit } = this.#actions;
      this.#tray = new this.#electron.Tray(this.#icon);
      this.#tray.on("click", open);
      this.#tray.setContextMenu(
        this.#electron.Menu.buildFromTemplate([
          { label: text.tray.open, click: open },
          { label: text.tray.quit, click: quit },
        ]),
      );
    }
    this.#tray.setToolTip(text.tray.tip(runs));
  }

  hide(): void {
    this.#tray?.destroy();
    this.#tray = null;
  }

  /** Says that everything that was left going has ended. */
  tellFinished(): void {
    const { Notification } = this.#electron;
    if (Notification.isSupported()) new Notification({ title: text.product, body: text.tray.finished }).show();
  }
}
