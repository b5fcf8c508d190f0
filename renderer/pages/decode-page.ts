import { tableFromIPC } from "apache-arrow";

import type { BinaryAnswer, PageHead } from "../../shared/api/index.ts";

/** Rows of a table, as exact text; `null` is NULL. */
export interface TablePage extends PageHead {
  cell(row: number, column: number): string | null;
}

/** A page as the host sent it. */
export const decodePage = ({ head, bytes }: BinaryAnswer<PageHead>): TablePage => {
  const table = tableFromIPC(bytes);
  const vectors = head.columns.map((_column, at) => table.getChildAt(at));
  return { ...head, cell: (row, column) => (vectors[column]?.get(row) as string | null | undefined) ?? null };
};
