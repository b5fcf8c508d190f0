import { host } from "../api.ts";
import { runCommand } from "../commands/keymap.ts";
import { commands, findCommand, isEnabled } from "../commands/registry.ts";
import { followProject } from "../store/follow-project.ts";
import { rememberOpened } from "../store/opened-project.ts";
import { project } from "../store/project-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";
import { askShell, isDesktop, onShell } from "./bridge.ts";

const settleMilliseconds = 150;

/** Joins the window to the desktop's shell: native menu, recent projects, title. Does nothing in a browser. */
export const followShell = (): void => {
  if (!isDesktop()) return;
  const listed = commands.map(({ id, title, keys, where }) => ({ id, title, keys: keys[0] ?? null, where }));
  quietly(askShell("menu.show", { commands: listed }));
  followAvailability();
  followTitle();
  onShell("command", ({ id }) => runFromMenu(id));
  onShell("project", ({ folder }) => void openFolder(folder));
};

const quietly = (asked: Promise<unknown>): void => void asked.catch(() => undefined);

const runFromMenu = (id: string): void => {
  const command = findCommand(id);
  if (command === null) return;
  if (isEnabled(command)) runCommand(command);
  else announce(text.desktop.notNow(command.title));
};

const openFolder = async (folder: string): Promise<void> => {
  try {
    const opened = await host().call("project.open", { folder });
    rememberOpened(opened);
    await followProject(host(), opened);
  } catch (error) {
    showMessage(error);
  }
};

/** What can be done changes with what the person does, and with runs: looked at a moment after either. */
const followAvailability = (): void => {
  let told = "";
  let timer: ReturnType<typeof setTimeout> | null = null;
  const look = (): void => {
    timer = null;
    const enabled = commands.filter(isEnabled).map(({ id }) => id);
    if (enabled.join() === told) return;
    told = enabled.join();
    quietly(askShell("menu.enable", { enabled }));
  };
  const soon = (): void => {
    timer ??= setTimeout(look, settleMilliseconds);
  };
  const again = (): void => {
    told = "";
    soon();
  };
  for (const event of ["pointerup", "keyup"]) window.addEventListener(event, soon);
  window.addEventListener("focus", again);
  project.subscribe(soon);
  soon();
};

const followTitle = (): void => {
  let told = "";
  const look = (): void => {
    const { info, status } = project.getState();
    // While the engine is away or has not answered yet, the shell knows better.
    if (status !== "open" && status !== "closed") return;
    const shown = { root: info?.root ?? null, name: info?.name ?? "" };
    if (JSON.stringify(shown) === told) return;
    told = JSON.stringify(shown);
    quietly(askShell("window.project", shown));
  };
  project.subscribe(look);
  look();
};
