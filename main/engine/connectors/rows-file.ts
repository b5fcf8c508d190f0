// Rows of a database on their way to DuckDB: a CSV of our own in the scratch folder, every value its exact text.

import { literal } from "../duckdb/sql/identifiers.ts";

/** Column `i` of a rows file. */
export const rowsColumn = (i: number): string => `c${i}`;

/** The file as a relation of texts: an empty field is NULL, `""` the empty text. */
export const rowsRelation = (file: string, columns: number): string => {
  const names = Array.from({ length: columns }, (_, i) => `${rowsColumn(i)}: 'VARCHAR'`).join(", ");
  return (
    `read_csv(${literal(file)}, auto_detect = false, columns = {${names}}, header = false, delim = ',', quote = '"', ` +
    `escape = '"', nullstr = '', allow_quoted_nulls = false, strict_mode = true, null_padding = false, ` +
    `ignore_errors = false, max_line_size = 67108864)`
  );
};

/** One line of a rows file. */
export const rowsLine = (values: readonly (string | null)[]): string =>
  `${values.map((value) => (value === null ? "" : `"${value.replaceAll('"', '""')}"`)).join(",")}\n`;
