import { type Data, Field, Int32, makeData, RecordBatch, Schema, Struct, Table, tableToIPC, Utf8 } from "apache-arrow";

import type { PageHead } from "../../../shared/api/index.ts";
import type { Page } from "../../engine/index.ts";

type Cells = readonly (string | null)[];

/** Characters of a page: as much as crosses to a window and is drawn without a pause. */
const pageCharacters = 2_000_000;
const longestCell = 1000;
const shortestCut = 80;

const encoder = new TextEncoder();

/** A bit a row, set where there is a value; padded as Arrow wants it. */
const validity = (values: readonly unknown[]): { readonly nullBitmap: Uint8Array; readonly nullCount: number } => {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 64) * 8);
  let nullCount = 0;
  for (const [row, value] of values.entries()) {
    if (value === null) nullCount++;
    else nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7));
  }
  return { nullBitmap, nullCount };
};

/** A text column in Arrow's own layout: offsets, bytes, a bit a row. */
const textColumn = (cells: Cells): Data<Utf8> => {
  const encoded = cells.map((cell) => (cell === null ? null : encoder.encode(cell)));
  const data = new Uint8Array(encoded.reduce((sum, cell) => sum + (cell?.byteLength ?? 0), 0));
  const valueOffsets = new Int32Array(cells.length + 1);
  let at = 0;
  for (const [row, cell] of encoded.entries()) {
    if (cell !== null) data.set(cell, at);
    at += cell?.byteLength ?? 0;
    valueOffsets[row + 1] = at;
  }
  return makeData({ type: new Utf8(), length: cells.length, ...validity(cells), valueOffsets, data });
};

const lengthColumn = (lengths: readonly (number | null)[]): Data<Int32> => {
  const data = Int32Array.from(lengths, (length) => length ?? 0);
  return makeData({ type: new Int32(), length: lengths.length, ...validity(lengths), data });
};

/** The beginning of a text, never half of a character that takes two units. */
const beginning = (text: string, limit: number): string => {
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
};

/** How many characters a cell may have: all that fit, shared evenly where they do not. */
const cellLimit = (page: Page): number => {
  const cells = Math.max(1, page.rows.length * page.columns.length);
  return Math.max(shortestCut, Math.min(longestCell, Math.floor(pageCharacters / cells)));
};

/** A page as the contract sends it: what it is, and its cells as one Arrow stream. */
export const encodePage = (page: Page, offset: number): { readonly head: PageHead; readonly bytes: Uint8Array } => {
  const limit = cellLimit(page);
  const children: (Data<Utf8> | Data<Int32>)[] = [];
  const cuts: { readonly column: number; readonly lengths: Data<Int32> }[] = [];
  for (const column of page.columns.keys()) {
    const cells = page.rows.map((row) => row[column] ?? null);
    const lengths = cells.map((cell) => (cell !== null && cell.length > limit ? cell.length : null));
    const isCut = lengths.some((length) => length !== null);
    children.push(textColumn(isCut ? cells.map((cell) => cell && beginning(cell, limit)) : cells));
    if (isCut) cuts.push({ column, lengths: lengthColumn(lengths) });
  }
  children.push(...cuts.map(({ lengths }) => lengths));
  // Two columns of a query may share a name, so that all are known by their place.
  const fields = children.map((child, at) => new Field(String(at), child.type, true));
  const schema = new Schema(fields);
  const data = makeData({ type: new Struct(fields), length: page.rows.length, nullCount: 0, children });
  const bytes = tableToIPC(new Table(schema, new RecordBatch(schema, data)), "stream");
  const columns = page.columns.map(({ name, type }) => ({ name, type }));
  const cut = cuts.map(({ column }) => column);
  return { head: { columns, offset, rows: page.rows.length, totalRows: page.totalRows, cut }, bytes };
};
