import { type Data, Field, Int32, makeData, RecordBatch, Schema, Struct, Table, tableToIPC, Utf8 } from "apache-arrow";

import { type Cells, textBytes, validity } from "../../../shared/table/column-bytes.ts";

/** A text column in Arrow's own layout. */
const textColumn = (cells: Cells): Data<Utf8> =>
  makeData({ type: new Utf8(), length: cells.length, ...validity(cells), ...textBytes(cells) });

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
