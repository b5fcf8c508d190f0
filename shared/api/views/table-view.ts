// What the calls about tables answer.

import { z } from "zod";

import { columnProfileSchema, profileScopes } from "../../table/table.ts";
import { pageHeadSchema } from "./page-view.ts";
import { columnSchema } from "./project-view.ts";

/** A table as it is now; another `version` means that every page read before is of another table. */
export const openedTableSchema = z.object({
  version: z.string(),
  columns: z.array(columnSchema),
  /** Rows of the view. */
  rows: z.number(),
  /** Rows of the table. */
  allRows: z.number(),
  /** `allRows` are only the first ones of what was asked. */
  isCut: z.boolean(),
  /** Inputs of which only the beginning was read. */
  samples: z.array(z.object({ input: z.string(), rows: z.number(), of: z.number().nullable() })),
  /**
   * What these are only the first rows of, before it was run: their types are those that the first rows have. `isAll`:
   * there are no more.
   */
  head: z.object({ of: z.string(), isAll: z.boolean() }).nullable(),
});
export type OpenedTable = z.infer<typeof openedTableSchema>;

/** A page of chosen columns; `columns` are their places in the table. */
export const tablePageSchema = z.object({
  version: z.string(),
  offset: z.number(),
  rows: z.number(),
  columns: z.array(z.number()),
  cut: z.array(z.number()),
});
export type TablePageHead = z.infer<typeof tablePageSchema>;

export const tableProfileSchema = z.object({
  version: z.string(),
  scope: z.enum(profileScopes),
  allRows: z.number(),
  columns: z.array(columnProfileSchema),
});
export type TableProfile = z.infer<typeof tableProfileSchema>;

/** A draft's first rows, and of what. */
export const draftHeadSchema = pageHeadSchema.extend({ samples: openedTableSchema.shape.samples });

const outputSchema = z.object({ runId: z.string(), time: z.string(), rows: z.number() });
const summarySchema = z.object({
  nulls: z.number(),
  distinct: z.number(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  mean: z.string().nullable(),
});

/** By how much a node's output differs from the last different one. */
export const differenceSchema = z.object({
  before: outputSchema,
  after: outputSchema,
  /** What rows were told apart by; empty for whole rows. */
  keys: z.array(z.string()),
  /** Why `keys` are these. */
  keysFrom: z.enum(["asked", "target", "found", "none"]),
  added: z.number(),
  removed: z.number(),
  /** `null` without keys. */
  changed: z.number().nullable(),
  columns: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["same", "added", "removed", "type"]),
      typeBefore: z.string().nullable(),
      typeAfter: z.string().nullable(),
      /** Rows of the same key with another value here. */
      changed: z.number().nullable(),
      before: summarySchema.nullable(),
      after: summarySchema.nullable(),
    }),
  ),
});
export type DifferenceView = z.infer<typeof differenceSchema>;
export type ColumnDifference = DifferenceView["columns"][number];
