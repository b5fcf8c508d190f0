import type { StudioHandlers } from "../../shared/api/index.ts";
import { applyCommand } from "./edit/commands/index.ts";
import type { CommandContext } from "./edit/commands/command-context.ts";
import { EditedFiles } from "./edit/edited-files.ts";
import { findNode } from "./edit/node-document.ts";
import { copyNodes } from "./edit/copy-nodes.ts";
import type { StudioWindow } from "./studio.ts";

/** Changing what files say: many commands are one edit, which is written whole or not at all. */
export const editHandlers = {
  "edit.apply": async ({ commands, label, group }, { session }) => {
    const context: CommandContext = {
      project: await session.project(),
      files: new EditedFiles(session.root),
      added: [],
    };
    for (const command of commands) await applyCommand(command, context);
    const changes = context.files.changes();
    await (await session.edits()).apply({ label, group, changes });
    return { files: changes.map(({ file }) => file), nodes: context.added };
  },
  "edit.copy": async ({ nodes }, { session }) => {
    const project = await session.project();
    return {
      text: await copyNodes(
        nodes.map((id) => findNode(project, id)),
        new EditedFiles(session.root),
      ),
    };
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
