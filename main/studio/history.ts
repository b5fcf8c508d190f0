import type { StudioHandlers } from "../../shared/api/index.ts";
import type { StudioWindow } from "./studio.ts";

/** Undoing edits of the project's files. */
export const historyHandlers = {
  "edit.undo": async (_input, { session }) => ({ label: await (await session.edits()).undo() }),
  "edit.redo": async (_input, { session }) => ({ label: await (await session.edits()).redo() }),
  "edit.history": async (_input, { session }) => (await session.edits()).state(),
} satisfies Partial<StudioHandlers<StudioWindow>>;
