import { channels } from "../../../shared/desktop/index.ts";
import type { ElectronApi } from "../electron-api.ts";
import type { EngineSupervisor } from "../processes/engine-supervisor.ts";
import type { SecretVault } from "../system/secret-vault.ts";
import type { Updates } from "../system/updates.ts";
import type { WindowDesk } from "../window/window-desk.ts";
import type { ShellHandlers } from "./answer-calls.ts";
import type { MenuBar } from "./menu-bar.ts";

interface Needed {
  readonly app: Pick<ElectronApi["app"], "addRecentDocument">;
  readonly windows: WindowDesk;
  readonly engine: EngineSupervisor;
  readonly menu: MenuBar;
  readonly secrets: SecretVault;
  readonly updates: Updates;
  readonly chooseFolder: (title: string) => Promise<string | null>;
}

/** What the window may ask of the shell, and what comes of it. */
export const shellHandlers = (needed: Needed): ShellHandlers => {
  const { app, windows, engine, menu, secrets, updates, chooseFolder } = needed;
  return {
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
};
