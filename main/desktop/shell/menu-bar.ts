import type { MenuCommand, RecentProject, UpdateState } from "../../../shared/desktop/index.ts";
import type { ElectronApi, ShellMenu } from "../electron-api.ts";
import { type MenuActions, menuTemplate } from "./native-menu.ts";

/** The application's menu: built again when what it lists changes, switched in place when only availability does. */
export class MenuBar {
  readonly #electron: Pick<ElectronApi, "Menu">;
  readonly #actions: MenuActions;
  readonly #updates: () => UpdateState;
  readonly #platform: NodeJS.Platform;
  #commands: readonly MenuCommand[] = [];
  #recent: readonly RecentProject[] = [];
  #enabled: ReadonlySet<string> | null = null;
  #menu: ShellMenu | null = null;

  constructor(
    electron: Pick<ElectronApi, "Menu">,
    actions: MenuActions,
    updates: () => UpdateState,
    platform: NodeJS.Platform = process.platform,
  ) {
    this.#electron = electron;
    this.#actions = actions;
    this.#updates = updates;
    this.#platform = platform;
  }

  build(): void {
    const content = {
      commands: this.#commands,
      recent: this.#recent,
      updates: this.#updates(),
      platform: this.#platform,
    };
    this.#menu = this.#electron.Menu.buildFromTemplate(menuTemplate(content, this.#actions));
    this.#switch();
    this.#electron.Menu.setApplicationMenu(this.#menu);
  }

  showCommands(commands: readonly MenuCommand[]): void {
    if (JSON.stringify(commands) === JSON.stringify(this.#commands)) return;
    this.#commands = commands;
    this.build();
  }

  showRecent(recent: readonly RecentProject[]): void {
    if (JSON.stringify(recent) === JSON.stringify(this.#recent)) return;
    this.#recent = recent;
    this.build();
  }

  enable(ids: readonly string[]): void {
    this.#enabled = new Set(ids);
    this.#switch();
  }

  #switch(): void {
    if (this.#enabled === null) return;
    for (const { id } of this.#commands) {
      const item = this.#menu?.getMenuItemById(id);
      if (item != null) item.enabled = this.#enabled.has(id);
    }
  }
}
