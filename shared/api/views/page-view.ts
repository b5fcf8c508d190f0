// A page of a table: what goes before its Arrow bytes.

import { z } from "zod";

import { columnSchema } from "./project-view.ts";

/** Most rows of one page; larger tables are read page by page. */
const maxPageRows = 1000;

export const rangeSchema = z.object({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(maxPageRows).default(200),
});

/**
 * The bytes are one Arrow stream with a text column for each of `columns`, in order: cells are DuckDB's exact text,
 * NULL is a null. `columns` tells each one's real type. Texts that would make the page too heavy are cut: each column
 * in `cut` has one more Arrow column after those, in the order of `cut`, with the whole length of the cells that were
 * cut and NULL for the others. `table.cell` has the whole.
 */
export const pageHeadSchema = z.object({
  columns: z.array(columnSchema),
  offset: z.number(),
  rows: z.number(),
  /** `null` while it is not known. */
  totalRows: z.number().nullable(),
  cut: z.array(z.number()),
});
export type PageHead = z.infer<typeof pageHeadSchema>;
