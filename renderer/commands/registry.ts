import { authoringCommands } from "../canvas/authoring/authoring-commands.ts";
import { canvasCommands } from "../canvas/canvas-commands.ts";
import { itemCommands } from "../canvas/item-commands.ts";
import type { Command } from "./command.ts";
import { historyCommands } from "./history-commands.ts";
import { lineageCommands } from "../lineage/lineage-commands.ts";
import { previewCommands } from "../panels/preview-commands.ts";
import { runCommands } from "./run-commands.ts";
import { shellCommands } from "./shell-commands.ts";

/** Every command of the window: the palette lists them, keys find them here. One line a feature. */
export const commands: readonly Command[] = [
  ...shellCommands,
  ...runCommands,
  ...canvasCommands,
  ...itemCommands,
  ...historyCommands,
  ...previewCommands,
  ...lineageCommands,
  ...authoringCommands,
];

const byId = new Map(commands.map((command) => [command.id, command]));

/** A command by its id; `null` when there is none. */
export const findCommand = (id: string): Command | null => byId.get(id) ?? null;

export const isEnabled = (command: Command): boolean => command.isEnabled?.() ?? true;
