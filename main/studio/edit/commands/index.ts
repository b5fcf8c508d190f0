// What each command does to the files. One file a group of commands, one line each here.

import { connect, disconnect } from "./inputs.ts";
import type { ApplyCommands, CommandContext } from "./command-context.ts";
import { add, remove } from "./nodes.ts";
import { rename } from "./rename.ts";
import { set, unset } from "./settings.ts";

const commands: ApplyCommands = { set, unset, add, remove, connect, disconnect, rename };

type Command = Parameters<ApplyCommands[keyof ApplyCommands]>[0];

/** Applies one command to the files of an edit in the making. */
export const applyCommand = (command: Command, context: CommandContext): Promise<void> => {
  const apply = commands[command.type] as (command: Command, context: CommandContext) => Promise<void>;
  return apply(command, context);
};
