// What each command does to the files. One file a group of commands, one line each here.

import { place } from "./canvas.ts";
import { connect, disconnect, reroute } from "./inputs.ts";
import type { ApplyCommands, CommandContext } from "./command-context.ts";
import { add, createFile, remove } from "./nodes.ts";
import { paste } from "./paste.ts";
import { rename } from "./rename.ts";
import { renameColumn } from "./rename-column.ts";
import { set, unset } from "./settings.ts";

const commands: ApplyCommands = {
  set,
  unset,
  add,
  remove,
  connect,
  disconnect,
  reroute,
  rename,
  "rename-column": renameColumn,
  place,
  "create-file": createFile,
  paste,
};

type Command = Parameters<ApplyCommands[keyof ApplyCommands]>[0];

/** Applies one command to the files of an edit in the making. */
export const applyCommand = (command: Command, context: CommandContext): Promise<void> => {
  const apply = commands[command.type] as (command: Command, context: CommandContext) => Promise<void>;
  return apply(command, context);
};
