import type { z } from "zod";

import type { editCommandSchema } from "../../../../shared/api/index.ts";
import type { Project } from "../../../engine/index.ts";
import type { EditedFiles } from "../edited-files.ts";

type Command = z.output<typeof editCommandSchema>;

export interface CommandContext {
  readonly project: Project;
  readonly files: EditedFiles;
  /** Ids of the nodes that this edit has added so far: commands after that may name them. */
  readonly added: string[];
}

/** Changes the files as one type of command says. Throws what makes it impossible; then no file is written. */
export type ApplyCommand<T extends Command["type"]> = (
  command: Extract<Command, { type: T }>,
  context: CommandContext,
) => Promise<void>;

export type ApplyCommands = { readonly [T in Command["type"]]: ApplyCommand<T> };
