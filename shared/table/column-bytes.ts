// Columns of texts as the bytes that Arrow keeps them in.

/** A column's cells; `null` is NULL. */
export type Cells = readonly (string | null)[];

const encoder = new TextEncoder();

/** A bit a row, set where `test` holds; padded as Arrow wants it. */
export const bitmap = <Value>(values: readonly Value[], test: (value: Value) => boolean): Uint8Array => {
  const bytes = new Uint8Array(Math.ceil(values.length / 64) * 8);
  for (const [row, value] of values.entries())
    if (test(value)) bytes[row >> 3] = (bytes[row >> 3] ?? 0) | (1 << (row & 7));
  return bytes;
};

/** Which rows have a value. */
export const validity = (
  values: readonly unknown[],
): { readonly nullBitmap: Uint8Array; readonly nullCount: number } => ({
  nullBitmap: bitmap(values, (value) => value !== null),
  nullCount: values.filter((value) => value === null).length,
});

/** Texts one after another, and where each begins and ends. */
export const textBytes = (cells: Cells): { readonly data: Uint8Array; readonly valueOffsets: Int32Array } => {
  const encoded = cells.map((cell) => (cell === null ? null : encoder.encode(cell)));
  const data = new Uint8Array(encoded.reduce((sum, cell) => sum + (cell?.byteLength ?? 0), 0));
  const valueOffsets = new Int32Array(cells.length + 1);
  let at = 0;
  for (const [row, cell] of encoded.entries()) {
    if (cell !== null) data.set(cell, at);
    at += cell?.byteLength ?? 0;
    valueOffsets[row + 1] = at;
  }
  return { data, valueOffsets };
};
