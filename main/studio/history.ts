import type { StudioHandlers } from "../../shared/api/index.ts";
import type { StudioWindow } from "./studio.ts";

/** Undoing edits of the project's files. */
export const historyHandlers = {
  "edit.undo": async ({ skip }, { session }) => ({ label: await (await session.edits()).undo(skip) }),
  "edit.redo": async ({ skip }, { session }) => ({ label: await (await session.edits()).redo(skip) }),
  "edit.jump": async ({ id }, { session }) => ({ label: await (await session.edits()).jump(id) }),
  "edit.conflicts": async ({ step }, { session }) => [...(await (await session.edits()).conflicts(step))],
  "edit.history": async (_input, { session }) => (await session.edits()).state(),
} satisfies Partial<StudioHandlers<StudioWindow>>;
