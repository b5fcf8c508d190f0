import { tableFromIPC } from "apache-arrow";

import type { BinaryAnswer, TablePageHead } from "../../shared/api/index.ts";
import type { Piece } from "./page-cache.ts";

/** A page of a view as the host sent it. */
export const decodePiece = ({ head, bytes }: BinaryAnswer<TablePageHead>): Piece => {
  const table = tableFromIPC(bytes);
  const texts = head.columns.map((_place, at) => table.getChildAt(at));
  const lengths = new Map(head.cut.map((column, at) => [column, table.getChildAt(head.columns.length + at)]));
  return {
    rows: head.rows,
    cell: (row, column) => ({
      text: (texts[column]?.get(row) as string | null | undefined) ?? null,
      length: (lengths.get(column)?.get(row) as number | null | undefined) ?? null,
    }),
  };
};
