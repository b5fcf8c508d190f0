import { z } from "zod";

import { call } from "../protocol/entry.ts";
import { canvasPatchSchema, canvasSchema } from "../views/canvas-view.ts";
import { draftSchema } from "../views/draft-view.ts";
import { editCommandSchema, editConflictSchema } from "../views/edit-view.ts";
import { editing, node, nothing } from "./fields.ts";

/** `skip`: files that another program changed there stay as they are, and the step counts as made. */
const historyStep = z.object({ skip: z.boolean().default(false) });
const stepped = z.object({ label: z.string().nullable() });
const editStateSchema = z.object({
  /** What undo would take back; `null` for nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
  history: z.array(z.object({ id: z.number(), label: z.string(), time: z.string(), undone: z.boolean() })),
});

/** Changing what files say, where cards stand, and texts that are not saved yet. */
export const editCalls = {
  /** Changes what files say: all commands or none; the files that were written and the nodes that were added. */
  "edit.apply": call({
    input: z.object({ commands: z.array(editCommandSchema).min(1).max(1000), ...editing }),
    output: z.object({ files: z.array(z.string()), nodes: z.array(z.string()) }),
  }),
  /** These nodes as YAML that can be read, edited and pasted. */
  "edit.copy": call({
    input: z.object({ nodes: z.array(node).min(1).max(1000) }),
    output: z.object({ text: z.string() }),
  }),
  /**
   * Takes the last edit of the project's files back; its label, `null` when there is nothing to undo. `edit_conflict`
   * where another program wrote: then nothing is taken back, `edit.conflicts` shows both, and `skip` goes past it.
   */
  "edit.undo": call({ input: historyStep, output: stepped }),
  "edit.redo": call({ input: historyStep, output: stepped }),
  /** Undoes or redoes until this edit of the history is the last one done; 0 is before the first. */
  "edit.jump": call({ input: z.object({ id: z.int().min(0) }), output: stepped }),
  "edit.conflicts": call({ input: z.object({ step: z.enum(["undo", "redo"]) }), output: z.array(editConflictSchema) }),
  "edit.history": call({ input: nothing, output: editStateSchema }),

  /** Where cards stand. Throws `canvas_unreadable` with the line of canvas.yml. */
  "canvas.get": call({ input: nothing, output: canvasSchema }),
  "canvas.put": call({ input: z.object({ patch: canvasPatchSchema, ...editing }), output: nothing }),

  /** Texts that were typed and could not be saved, newest first; kept until they are saved or dropped. */
  "draft.list": call({ input: nothing, output: z.array(draftSchema) }),
  "draft.put": call({ input: draftSchema, output: nothing }),
  "draft.drop": call({ input: draftSchema.pick({ key: true }), output: nothing }),
} as const;
