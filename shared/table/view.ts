// How a table is looked at: which rows, in which order. The same words for the window, the host and DuckDB.

import { z } from "zod";

const column = z.string().max(10_000);
const value = z.string().max(100_000);

/** What a column's values must be like; values are DuckDB's own text of the column's type. */
export const filterSchema = z.discriminatedUnion("test", [
  z.object({ test: z.literal("equals"), column, value }),
  z.object({ test: z.literal("differs"), column, value }),
  /** Of the value's text, in any case. */
  z.object({ test: z.literal("contains"), column, value }),
  z.object({ test: z.literal("lacks"), column, value }),
  /** Bounds belong to the range; `isBelow` leaves `to` itself out. */
  z.object({
    test: z.literal("range"),
    column,
    from: value.nullable().default(null),
    to: value.nullable().default(null),
    isBelow: z.boolean().default(false),
  }),
  z.object({ test: z.literal("null"), column }),
  z.object({ test: z.literal("not-null"), column }),
  /** NULL may be one of them. */
  z.object({ test: z.literal("in"), column, values: z.array(value.nullable()).max(1000) }),
]);
export type Filter = z.output<typeof filterSchema>;
export type FilterTest = Filter["test"];

export const sortSchema = z.object({ column, descending: z.boolean().default(false) });
export type Sort = z.output<typeof sortSchema>;

/** Rows that pass every filter and have the searched text in some column, in this order. */
export const tableViewSchema = z.object({
  filters: z.array(filterSchema).max(100).default([]),
  /** Looked for in every column, in any case; empty for nothing. */
  search: z.string().max(1000).default(""),
  /** The first decides; NULL comes last either way. */
  sort: z.array(sortSchema).max(20).default([]),
});
export type TableView = z.output<typeof tableViewSchema>;

/** The table as it is. */
export const wholeView: TableView = { filters: [], search: "", sort: [] };

/** Whether a view shows every row in the table's own order. */
export const isWhole = ({ filters, search, sort }: TableView): boolean =>
  filters.length === 0 && search === "" && sort.length === 0;
