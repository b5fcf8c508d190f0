import { tableFromIPC } from "apache-arrow";

import type { BinaryAnswer, PageHead } from "../../shared/api/index.ts";

/** Rows of a table, as exact text; `null` is NULL. */
export interface TablePage extends PageHead {
  cell(row: number, column: number): string | null;
  /** The whole length of a text that was cut, in UTF-16 units; `null` for one that is whole. */
  wholeLength(row: number, column: number): number | null;
}

/** A page as the host sent it. */
export const decodePage = ({ head, bytes }: BinaryAnswer<PageHead>): TablePage => {
  const table = tableFromIPC(bytes);
  const cells = head.columns.map((_column, at) => table.getChildAt(at));
  const lengths = new Map(head.cut.map((column, at) => [column, table.getChildAt(head.columns.length + at)]));
  return {
    ...head,
    cell: (row, column) => (cells[column]?.get(row) as string | null | undefined) ?? null,
    wholeLength: (row, column) => (lengths.get(column)?.get(row) as number | null | undefined) ?? null,
  };
};
