import { Field, makeData, RecordBatch, Schema, Struct, tableToIPC, Table, Utf8 } from "apache-arrow";

import type { PageHead } from "../../../shared/api/index.ts";
import type { Page } from "../../engine/index.ts";

const encoder = new TextEncoder();

/** A text column with NULLs, built in Arrow's own layout: offsets, bytes, a bit a row. */
const textColumn = (cells: readonly (string | null)[]) => {
  const encoded = cells.map((cell) => (cell === null ? null : encoder.encode(cell)));
  const bytes = new Uint8Array(encoded.reduce((sum, cell) => sum + (cell?.byteLength ?? 0), 0));
  const valueOffsets = new Int32Array(cells.length + 1);
  const nullBitmap = new Uint8Array(Math.ceil(cells.length / 64) * 8);
  let at = 0;
  let nullCount = 0;
  for (const [row, cell] of encoded.entries()) {
    if (cell === null) nullCount++;
    else {
      nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7));
      bytes.set(cell, at);
      at += cell.byteLength;
    }
    valueOffsets[row + 1] = at;
  }
  return makeData({ type: new Utf8(), length: cells.length, nullCount, nullBitmap, valueOffsets, data: bytes });
};

/** A page as the contract sends it: what it is, and its cells as one Arrow stream of text columns. */
export const encodePage = (page: Page, offset: number): { readonly head: PageHead; readonly bytes: Uint8Array } => {
  // Two columns of a query may share a name, so the columns are known by their place.
  const fields = page.columns.map((_column, at) => new Field(String(at), new Utf8(), true));
  const children = page.columns.map((_column, at) => textColumn(page.rows.map((row) => row[at] ?? null)));
  const schema = new Schema(fields);
  const data = makeData({ type: new Struct(fields), length: page.rows.length, nullCount: 0, children });
  const bytes = tableToIPC(new Table(schema, new RecordBatch(schema, data)), "stream");
  const columns = page.columns.map(({ name, type }) => ({ name, type }));
  return { head: { columns, offset, rows: page.rows.length, totalRows: page.totalRows }, bytes };
};
