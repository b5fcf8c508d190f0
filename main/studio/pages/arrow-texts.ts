import { type Data, Field, Int32, makeData, RecordBatch, Schema, Struct, Table, tableToIPC, Utf8 } from "apache-arrow";

/** A column's cells; `null` is NULL. */
export type Cells = readonly (string | null)[];

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

/** Columns of texts, then columns of numbers, as one Arrow stream. Each is known by its place: names may repeat. */
export const arrowTexts = (
  texts: readonly Cells[],
  numbers: readonly (readonly (number | null)[])[],
  rows: number,
): Uint8Array => {
  const children: (Data<Utf8> | Data<Int32>)[] = [...texts.map(textColumn), ...numbers.map(lengthColumn)];
  const fields = children.map((child, at) => new Field(String(at), child.type, true));
  const schema = new Schema(fields);
  const data = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children });
  return tableToIPC(new Table(schema, new RecordBatch(schema, data)), "stream");
};
