import { Bool, type Data, Field, makeData, RecordBatch, Schema, Struct, Utf8 } from "apache-arrow";

import type { Column } from "../../../../shared/graph/index.ts";
import { bitmap, type Cells, textBytes, validity } from "../../../../shared/table/column-bytes.ts";
import { type ArrowColumn, arrowColumn } from "./arrow-type.ts";

/** A value that its column's Arrow type cannot hold. */
export class UnfitValue extends Error {
  readonly column: string;
  /** In the batch, from 0. */
  readonly row: number;
  readonly value: string;

  constructor(column: string, row: number, value: string) {
    super(`${value} in ${column}`);
    this.column = column;
    this.row = row;
    this.value = value;
  }
}

/** How a table's columns are put into Arrow; made once, used for every batch. */
export interface ArrowLayout {
  readonly schema: Schema;
  readonly columns: readonly (ArrowColumn & { readonly name: string })[];
}

export const arrowLayout = (columns: readonly Column[]): ArrowLayout => {
  const own = columns.map(({ name, type }) => ({ name, ...arrowColumn(type) }));
  return { schema: new Schema(own.map(({ name, type }) => new Field(name, type, true))), columns: own };
};

const columnData = (column: ArrowLayout["columns"][number], cells: Cells): Data => {
  const { type, width, put, name } = column;
  const length = cells.length;
  const shared = { length, ...validity(cells) };
  if (type instanceof Bool) return makeData({ type, ...shared, data: bitmap(cells, (cell) => cell === "true") });
  if (type instanceof Utf8) return makeData({ type, ...shared, ...textBytes(cells) });
  const bytes = new ArrayBuffer(Math.ceil((length * width) / 64) * 64);
  const view = new DataView(bytes);
  for (const [row, cell] of cells.entries()) {
    if (cell !== null && !put(view, row, cell)) throw new UnfitValue(name, row, cell);
  }
  const Values = (type as { readonly ArrayType: new (bytes: ArrayBuffer) => never }).ArrayType;
  return makeData({ type, ...shared, data: new Values(bytes) } as never);
};

/** Rows of exact texts as typed Arrow. Throws `UnfitValue`. */
export const recordBatch = ({ schema, columns }: ArrowLayout, rows: readonly Cells[]): RecordBatch => {
  const children = columns.map((column, at) =>
    columnData(
      column,
      rows.map((row) => row[at] ?? null),
    ),
  );
  const data = makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children });
  return new RecordBatch(schema, data);
};
