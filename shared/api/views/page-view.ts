// A page of a table: what goes before its Arrow bytes.

import { z } from "zod";

import { columnSchema } from "./project-view.ts";

/** Most rows of one page; larger tables are read page by page. */
export const maxPageRows = 1000;

export const rangeSchema = z.object({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(maxPageRows).default(200),
});

/**
 * The bytes are one Arrow stream with a text column for each of `columns`, in order: cells are DuckDB's exact text,
 * NULL is a null. `columns` tells each one's real type.
 */
export const pageHeadSchema = z.object({
  columns: z.array(columnSchema),
  offset: z.number(),
  rows: z.number(),
  /** `null` while it is not known. */
  totalRows: z.number().nullable(),
});
export type PageHead = z.infer<typeof pageHeadSchema>;
