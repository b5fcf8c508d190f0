// Edits of the project's files as a window asks for them, and texts as its editors hold them.

import { z } from "zod";

const id = z.string().min(1).max(500);
const name = z.string().min(1).max(200);
const path = z
  .array(z.union([z.string(), z.int().min(0)]))
  .min(1)
  .max(20);

const position = z.object({ x: z.number().min(-1e7).max(1e7), y: z.number().min(-1e7).max(1e7) });

/** One stretch of a file replaced by another; refused when the file does not have `expected` there. */
export const textEditSchema = z.object({
  /** Relative to the project, `/` between folders. */
  file: z.string().min(1).max(1000),
  /** Offsets in UTF-16 units, the end exclusive; equal ones insert. */
  start: z.int().min(0),
  end: z.int().min(0),
  expected: z.string().max(100_000),
  text: z.string().max(100_000),
});
export type TextEdit = z.infer<typeof textEditSchema>;

/** One change of what a node's file says; each becomes the smallest edit of that file. */
export const editCommandSchema = z.discriminatedUnion("type", [
  /** Sets a key of a node's YAML, adding what leads to it. */
  z.object({ type: z.literal("set"), node: id, path, value: z.json() }),
  z.object({ type: z.literal("unset"), node: id, path }),
  /** Adds a node in a file: a new one, or as a further document of one that is there. */
  z.object({
    type: z.literal("add"),
    kind: z.string().max(60),
    name,
    config: z.record(z.string(), z.json()).default({}),
    /** Relative; `pipelines/<name>.yml` when left out. */
    file: z.string().max(500).nullable().default(null),
  }),
  /** Removes nodes; with `heal`, what read one of them reads what it read. */
  z.object({ type: z.literal("remove"), nodes: z.array(id).min(1), heal: z.boolean().default(true) }),
  /** Lets `to` read `from`. */
  z.object({ type: z.literal("connect"), from: id, to: id }),
  z.object({ type: z.literal("disconnect"), from: id, to: id }),
  /** Renames a node here and in everything that names it. */
  z.object({ type: z.literal("rename"), node: id, name }),
  /** Renames a node's column in every place given, in one step; no place may have changed since it was found. */
  z.object({
    type: z.literal("rename-column"),
    node: id,
    from: z.string().min(1).max(1000),
    to: z.string().min(1).max(1000),
    edits: z.array(textEditSchema).min(1).max(10_000),
  }),
  /** Lets `reader` read `to` where it reads `from`: in its list and in its SQL or code. */
  z.object({ type: z.literal("reroute"), reader: id, from: id, to: id }),
  /** Puts cards in their places; changes canvas.yml alone. */
  z.object({ type: z.literal("place"), positions: z.record(id, position) }),
  /** Writes a file that is not there yet, such as a node's Python. */
  z.object({ type: z.literal("create-file"), file: z.string().min(1).max(500), text: z.string().max(8_000_000) }),
  /** Adds the nodes that a YAML text describes, each in a file and under a name that nothing has yet. */
  z.object({
    type: z.literal("paste"),
    text: z.string().min(1).max(1_000_000),
    /** `false`: only wires among the pasted nodes are kept. */
    keepInputs: z.boolean().default(false),
    /** Where the cards go, in the order of the text. */
    places: z.array(position.nullable()).default([]),
  }),
]);
export type EditCommand = z.input<typeof editCommandSchema>;

/** A text that an editor holds; `version` is what a later put has to match. */
export const textPartSchema = z.object({
  part: z.enum(["sql", "python", "yaml"]),
  file: z.string(),
  text: z.string(),
  version: z.string(),
  /** Line of the file that the text begins on, from 1. */
  line: z.number(),
});
export type TextPart = z.infer<typeof textPartSchema>;

export const fileTextSchema = z.object({ text: z.string().nullable(), version: z.string().nullable() });

/** A place where undo or redo meets what another program wrote. */
export const editConflictSchema = z.object({
  file: z.string(),
  /** The file as it is now; `null` when it is gone. */
  now: z.string().nullable(),
  /** What the step would put there, with what stands around it; `null`: it would take the file away. */
  wanted: z.string().nullable(),
  /** What the step expected to find there. */
  expected: z.string(),
});
export type EditConflictView = z.infer<typeof editConflictSchema>;
