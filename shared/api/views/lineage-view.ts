// Where columns come from and where they go, as a window draws it.

import { z } from "zod";

import { textEditSchema } from "./edit-view.ts";

/** A column of a table (`kind.node` or `kind.node__table`); `null`: which of its columns cannot be told. */
const refSchema = z.object({ table: z.string(), column: z.string().nullable() });
const useSchema = z.enum(["copied", "computed"]);
const whySchema = z.enum(["filter", "join", "group", "distinct", "order", "checked", "exposed"]);

export const nodeLineageSchema = z.object({
  node: z.string(),
  /** `sql` and `settings` are exact; `python` follows tables only. */
  basis: z.enum(["sql", "settings", "python", "origin", "unknown"]),
  tables: z.array(
    z.object({
      table: z.string(),
      columns: z.array(
        z.object({
          name: z.string(),
          sources: z.array(refSchema.extend({ use: useSchema })),
          /** Columns made of it and nodes whose rows it decides, one step away. */
          readers: z.number(),
        }),
      ),
      /** Inputs all of whose columns are passed on, none of which is known yet. */
      passes: z.array(z.string()),
    }),
  ),
  /** Columns that decide which rows the node has. */
  conditions: z.array(refSchema.extend({ why: whySchema })),
  /** What cannot be told, in words. */
  notes: z.array(z.string()),
});
export type NodeLineageView = z.infer<typeof nodeLineageSchema>;

const pathSchema = z.object({
  steps: z.array(z.object({ from: refSchema, to: refSchema, use: useSchema, depth: z.number() })),
  conditions: z.array(z.object({ from: refSchema, node: z.string(), why: whySchema })),
});

export const columnLineageSchema = z.object({
  table: z.string(),
  column: z.string(),
  upstream: pathSchema,
  downstream: pathSchema,
  /** Nodes and wires on the way, for the canvas. */
  nodes: z.array(z.string()),
  wires: z.array(z.tuple([z.string(), z.string()])),
  notes: z.array(z.object({ node: z.string(), text: z.string() })),
});
export type ColumnLineageView = z.infer<typeof columnLineageSchema>;

export const columnBreaksSchema = z.object({
  fails: z.array(z.object({ node: z.string(), names: z.array(refSchema), how: z.enum(["sql", "settings"]) })),
  loses: z.array(refSchema),
  /** Python nodes that read a table which loses a column. */
  check: z.array(z.string()),
  blocked: z.array(z.string()),
});
export type ColumnBreaksView = z.infer<typeof columnBreaksSchema>;

/** Every place that names a column here and downstream, as the edits that would rename it. */
export const columnMentionsSchema = z.object({
  edits: z.array(textEditSchema.extend({ node: z.string(), line: z.number() })),
  /** What a person has to do. */
  checks: z.array(z.object({ node: z.string(), file: z.string(), line: z.number(), why: z.string() })),
  /** Columns that get the name too. */
  columns: z.array(refSchema),
});
export type ColumnMentionsView = z.infer<typeof columnMentionsSchema>;
