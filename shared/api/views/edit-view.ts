// Edits of the project's files as a window asks for them, and texts as its editors hold them.

import { z } from "zod";

const id = z.string().min(1).max(500);
const name = z.string().min(1).max(200);
const path = z
  .array(z.union([z.string(), z.int().min(0)]))
  .min(1)
  .max(20);

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
