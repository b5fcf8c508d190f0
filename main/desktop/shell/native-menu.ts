import type { MenuItemConstructorOptions } from "electron";

import type { MenuCommand, RecentProject, UpdateState } from "../../../shared/desktop/index.ts";
import { text } from "../text.ts";
import { acceleratorOf } from "./accelerator.ts";

/** What menu items do; every one ends here. */
export interface MenuActions {
  readonly command: (id: string) => void;
  readonly open: () => void;
  readonly openRecent: (root: string) => void;
  readonly newWindow: () => void;
  readonly quit: () => void;
  readonly showLog: () => void;
  readonly setUpdates: (isOn: boolean) => void;
}

export interface MenuContent {
  readonly commands: readonly MenuCommand[];
  readonly recent: readonly RecentProject[];
  readonly updates: UpdateState;
  readonly platform: NodeJS.Platform;
}

type Item = MenuItemConstructorOptions;

/** Which menu shows a command, by the area its id begins with; an area that is not here is in `more`. */
const menuOf: Readonly<Record<string, "file" | "edit" | "view" | "canvas" | "run">> = {
  file: "file",
  project: "file",
  start: "file",
  edit: "edit",
  node: "edit",
  clipboard: "edit",
  history: "edit",
  window: "view",
  panel: "view",
  theme: "view",
  preview: "view",
  settings: "view",
  canvas: "canvas",
  group: "canvas",
  add: "canvas",
  run: "run",
  plan: "run",
  materialize: "run",
};

/** Pure: the whole application menu. Every command of the window is in it exactly once, under its own id. */
export const menuTemplate = (content: MenuContent, actions: MenuActions): Item[] => {
  const { platform } = content;
  const isMac = platform === "darwin";
  const items = (name: string): Item[] =>
    separated(content.commands.filter(({ id }) => (menuOf[areaOf(id)] ?? "more") === name)).map((command) =>
      command === null ? { type: "separator" } : commandItem(command, platform, actions),
    );
  const menu = (label: string, first: Item[], second: Item[] = []): Item => ({ label, submenu: joined(first, second) });
  const more = items("more");
  return [
    ...(isMac ? [{ role: "appMenu" } satisfies Item] : []),
    menu(text.menu.file, fileItems(content, actions), [...items("file"), ...endItems(isMac, actions)]),
    menu(text.menu.edit, items("edit"), [{ label: text.menu.editing, submenu: textItems }]),
    menu(text.menu.view, items("view"), [{ role: "togglefullscreen" }]),
    menu(text.menu.canvas, items("canvas")),
    menu(text.menu.run, items("run")),
    ...(more.length === 0 ? [] : [menu(text.menu.more, more, [])]),
    { role: "windowMenu" },
    { role: "help", label: text.menu.help, submenu: helpItems(content, actions) },
  ];
};

/** Editing of text fields; the commands beside it edit the project. */
const textItems: Item[] = [
  { role: "undo", registerAccelerator: false },
  { role: "redo", registerAccelerator: false },
  { type: "separator" },
  { role: "cut", registerAccelerator: false },
  { role: "copy", registerAccelerator: false },
  { role: "paste", registerAccelerator: false },
  { role: "selectAll", registerAccelerator: false },
];

const areaOf = (id: string): string => id.split(".")[0] ?? "";

/** A line between the commands of one area and the next; `null` is the line. */
const separated = (commands: readonly MenuCommand[]): readonly (MenuCommand | null)[] =>
  commands.flatMap((command, at) => {
    const before = commands[at - 1];
    return before !== undefined && areaOf(before.id) !== areaOf(command.id) ? [null, command] : [command];
  });

const joined = (first: Item[], second: Item[]): Item[] =>
  first.length === 0 || second.length === 0 ? [...first, ...second] : [...first, { type: "separator" }, ...second];

const commandItem = (command: MenuCommand, platform: NodeJS.Platform, actions: MenuActions): Item => {
  const accelerator = acceleratorOf(command, platform);
  return {
    id: command.id,
    label: command.title.replaceAll("&", "&&"),
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
    click: () => actions.command(command.id),
  };
};

const fileItems = ({ recent }: MenuContent, actions: MenuActions): Item[] => [
  { label: text.menu.newWindow, accelerator: "CommandOrControl+Shift+N", click: actions.newWindow },
  { label: text.menu.open, accelerator: "CommandOrControl+O", click: actions.open },
  {
    label: text.menu.recent,
    submenu:
      recent.length === 0
        ? [{ label: text.menu.noRecent, enabled: false }]
        : recent.slice(0, 15).map(({ root, name }) => ({
            label: `${name} (${root})`.replaceAll("&", "&&"),
            click: () => actions.openRecent(root),
          })),
  },
];

const endItems = (isMac: boolean, { quit }: MenuActions): Item[] => [
  { type: "separator" },
  { role: "close", label: text.menu.close },
  ...(isMac ? [] : [{ label: text.menu.quit, accelerator: "CommandOrControl+Q", click: quit } satisfies Item]),
];

const helpItems = ({ updates }: MenuContent, { showLog, setUpdates }: MenuActions): Item[] => [
  { label: text.menu.log, click: showLog },
  {
    label: updates.isPossible ? text.menu.updates : text.menu.noUpdates,
    type: "checkbox",
    checked: updates.isOn,
    enabled: updates.isPossible,
    click: ({ checked }) => setUpdates(checked),
  },
];
