import type { CanvasView, StudioHandlers } from "../../shared/api/index.ts";
import { canvasFile, parseCanvas, printCanvas } from "./canvas/canvas-file.ts";
import { readProjectFile } from "./edit/project-file.ts";
import type { StudioWindow } from "./studio.ts";

type Entries<T> = Readonly<Record<string, T | null>>;

const patched = <T>(entries: Readonly<Record<string, T>>, patch: Entries<T>): Record<string, T> =>
  Object.fromEntries(
    Object.entries({ ...entries, ...patch }).flatMap(([id, value]) => (value === null ? [] : [[id, value as T]])),
  );

/** Where cards stand: reads and changes `canvas.yml` and no other file. */
export const canvasHandlers = {
  "canvas.get": async (_input, { session }) => parseCanvas((await readProjectFile(session.root, canvasFile)).text),
  "canvas.put": async ({ patch, label, group }, { session }) => {
    const { text, hash } = await readProjectFile(session.root, canvasFile);
    const before = parseCanvas(text);
    const after: CanvasView = {
      positions: patched(before.positions, patch.positions),
      groups: patched(before.groups, patch.groups),
      notes: patched(before.notes, patch.notes),
    };
    const edits = await session.edits();
    await edits.apply({ label, group, changes: [{ file: canvasFile, from: hash, text: printCanvas(after) }] });
    return {};
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
