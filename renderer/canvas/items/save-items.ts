import type { CanvasGroup, CanvasNote } from "../../../shared/api/index.ts";
import { writeCanvas } from "../write-canvas.ts";
import { canvasItems } from "./canvas-items.ts";

type Entries<T> = Readonly<Record<string, T | null>>;

const patched = <T>(entries: Readonly<Record<string, T>>, patch: Entries<T>): Record<string, T> => {
  const next = { ...entries };
  for (const [id, value] of Object.entries(patch)) {
    if (value === null) delete next[id];
    else next[id] = value;
  }
  return next;
};

/** Shows a change of groups at once and writes it to canvas.yml as one step of the history. */
export const saveGroups = (groups: Entries<CanvasGroup>, label: string): Promise<void> => {
  canvasItems.setState((state) => ({ groups: patched(state.groups, groups) }));
  return writeCanvas({ groups }, label, null);
};

/** `step` joins edits of one kind in a row to one step of the history. */
export const saveNotes = (notes: Entries<CanvasNote>, label: string, step: string | null = null): Promise<void> => {
  canvasItems.setState((state) => ({ notes: patched(state.notes, notes) }));
  return writeCanvas({ notes }, label, step);
};

/** An id that is not taken: `group_1`, `group_2`, … */
export const freeId = (taken: Readonly<Record<string, unknown>>, prefix: string): string => {
  let number = 1;
  while (Object.hasOwn(taken, `${prefix}_${number}`)) number++;
  return `${prefix}_${number}`;
};
