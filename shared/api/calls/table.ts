import { z } from "zod";

import {
  copyFormats,
  exportFormats,
  profileScopes,
  tableSchema,
  tableViewSchema,
  wholeView,
} from "../../table/index.ts";
import { binary, call } from "../protocol/entry.ts";
import { pageHeadSchema, rangeSchema } from "../views/page-view.ts";
import {
  differenceSchema,
  draftHeadSchema,
  openedTableSchema,
  tablePageSchema,
  tableProfileSchema,
} from "../views/table-view.ts";
import { node, nothing } from "./fields.ts";

const viewInput = tableViewSchema.default(wholeView);
const placesSchema = z.array(z.int().min(0)).max(5000);

/** Tables as people look at them. */
export const tableCalls = {
  /** A table is about to be looked at: the process that reads it starts already. */
  "table.expect": call({ input: z.object({}), output: z.object({}) }),
  /** A table and how many rows a view of it has; sorts and filters what has not been yet. */
  "table.open": call({ input: z.object({ table: tableSchema, view: viewInput }), output: openedTableSchema }),
  /** Rows of a view, of some columns by their places: any of ten million at once. */
  "table.page": binary({
    input: rangeSchema.extend({ table: tableSchema, view: viewInput, columns: placesSchema.nullable().default(null) }),
    head: tablePageSchema,
  }),
  /** One cell, whole. */
  "table.cell": call({
    input: z.object({ table: tableSchema, view: viewInput, row: z.int().min(0), column: z.int().min(0) }),
    output: z.object({ text: z.string().nullable() }),
  }),
  /** How columns' values are spread: as files tell, in a sample, or in every row. */
  "table.profile": call({
    input: z.object({ table: tableSchema, columns: placesSchema, scope: z.enum(profileScopes) }),
    output: tableProfileSchema,
  }),
  /** Rows of a view as text for another program. */
  "table.copy": call({
    input: z.object({
      table: tableSchema,
      view: viewInput,
      offset: z.int().min(0),
      limit: z.int().min(0),
      columns: placesSchema,
      format: z.enum(copyFormats),
    }),
    output: z.object({ text: z.string(), rows: z.number() }),
  }),
  /** Writes a view's rows as a file, to be read by `export.part`. */
  "table.export": call({
    input: z.object({
      table: tableSchema,
      view: viewInput,
      columns: placesSchema.nullable().default(null),
      format: z.enum(exportFormats),
    }),
    output: z.object({ export: z.string(), name: z.string(), rows: z.number(), bytes: z.number() }),
  }),
  /** The SELECT that gives a node's table as it is viewed. */
  "table.select": call({ input: z.object({ node, view: viewInput }), output: z.object({ sql: z.string() }) }),
  /** How a node's output differs from the last different one; `null` keys leave the choice to the host. */
  "table.difference": call({
    input: z.object({ node, keys: z.array(z.string()).max(50).nullable().default(null) }),
    output: differenceSchema,
  }),

  /** A part of an exported file from `offset` on; empty at its end. */
  "export.part": binary({
    input: z.object({ export: z.string().max(100), offset: z.int().min(0) }),
    head: z.object({ bytes: z.number() }),
  }),
  "export.close": call({ input: z.object({ export: z.string().max(100) }), output: nothing }),

  /** Rows of a node's present output. */
  "preview.page": binary({ input: rangeSchema.extend({ node }), head: pageHeadSchema }),
  /**
   * The first rows of what a node would give with this SQL, from the beginning of each input: `samples` says of which.
   * `table.page` on a table of type `draft` has all of them.
   */
  "preview.draft": binary({
    input: rangeSchema.extend({ node, sql: z.string().max(1_000_000) }),
    head: draftHeadSchema,
  }),

  /** Rows of one SELECT over every node's present output. */
  "query.page": binary({ input: rangeSchema.extend({ sql: z.string().max(1_000_000) }), head: pageHeadSchema }),
} as const;
