import type { StudioHandlers } from "../../shared/api/index.ts";
import { applyCommand } from "./edit/commands/index.ts";
import { EditedFiles } from "./edit/edited-files.ts";
import type { StudioWindow } from "./studio.ts";

/** Changing what files say: many commands are one edit, which is written whole or not at all. */
export const editHandlers = {
  "edit.apply": async ({ commands, label, group }, { session }) => {
    const context = { project: await session.project(), files: new EditedFiles(session.root) };
    for (const command of commands) await applyCommand(command, context);
    const changes = context.files.changes();
    await (await session.edits()).apply({ label, group, changes });
    return { files: changes.map(({ file }) => file) };
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
