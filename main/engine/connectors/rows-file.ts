// Rows of a database on their way to DuckDB: a CSV of our own in the scratch folder, every value its exact text.

import { literal } from "../duckdb/sql/identifiers.ts";

/** Column `i` of a rows file. */
export const rowsColumn = (i: number): string => `c${i}`;

const defaultLongest = 2_000_000;

/** The file as a relation of texts: an empty field is NULL, `""` the empty text. `longest` is that of its records. */
export const rowsRelation = (file: string, columns: number, longest: number): string => {
  const names = Array.from({ length: columns }, (_, i) => `${rowsColumn(i)}: 'VARCHAR'`).join(", ");
  const room = longest > defaultLongest ? `, max_line_size = ${longest + 1024}, buffer_size = ${longest + 1024}` : "";
  return (
    `read_csv(${literal(file)}, auto_detect = false, columns = {${names}}, header = false, delim = ',', quote = '"', ` +
    `escape = '"', nullstr = '', allow_quoted_nulls = false, strict_mode = true, null_padding = false, ` +
    `ignore_errors = false${room})`
  );
};

/** One line of a rows file. */
export const rowsLine = (values: readonly (string | null)[]): string =>
  `${values.map((value) => (value === null ? "" : `"${value.replaceAll('"', '""')}"`)).join(",")}\n`;

const LF = 10;
const QUOTE = 34;

/** Measures the records of a rows file as its bytes pass by. */
export class LongestRecord {
  #quoted = false;
  #length = 0;
  bytes = 0;

  pass(chunk: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === QUOTE) this.#quoted = !this.#quoted;
      else if (byte === LF && !this.#quoted) {
        const length = this.#length + at + 1 - start;
        if (length > this.bytes) this.bytes = length;
        this.#length = 0;
        start = at + 1;
      }
    }
    this.#length += chunk.length - start;
  }
}
