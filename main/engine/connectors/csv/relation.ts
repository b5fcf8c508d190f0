// The files as one relation of texts, in SQL.

import { literal, quoted } from "../../duckdb/sql/identifiers.ts";
import type { CsvOptions, Dialect } from "./dialect.ts";
import type { CsvFile } from "./prepare-file.ts";

const defaultLongest = 2_000_000;

const list = (texts: readonly string[]): string => `[${texts.map(literal).join(", ")}]`;

/** Reads files of the same header; every column is text under its own name. */
export const textRelation = (files: readonly CsvFile[], dialect: Dialect, options: CsvOptions): string => {
  const [first] = files;
  const columns = (first?.names ?? []).map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
  const longest = Math.max(...files.map((file) => file.longest));
  const settings = [
    "auto_detect = false",
    `columns = {${columns}}`,
    `header = ${first?.header === true}`,
    `delim = ${literal(dialect.delimiter)}`,
    `quote = ${literal(dialect.quote)}`,
    `escape = ${literal(dialect.escape)}`,
    `skip = ${options.skip}`,
    `nullstr = ${list(options.nullTexts)}`,
    // The structure is checked already; strict mode refuses line ends of two kinds.
    `strict_mode = ${!files.some((file) => file.mixedNewlines)}`,
    "null_padding = false",
    "ignore_errors = false",
    longest > defaultLongest ? `max_line_size = ${longest + 1024}, buffer_size = ${longest + 1024}` : "",
  ].filter((setting) => setting !== "");
  return `read_csv(${list(files.map((file) => file.text))}, ${settings.join(", ")})`;
};

/** All files by column name, whatever the order of their columns. */
export const unitedRelation = (files: readonly CsvFile[], dialect: Dialect, options: CsvOptions): string => {
  const groups = Map.groupBy(files, (file) => JSON.stringify(file.names));
  const columns = (files[0]?.names ?? []).map(quoted).join(", ");
  const parts = [...groups.values()].map((group) => `select ${columns} from ${textRelation(group, dialect, options)}`);
  return `(${parts.join(" union all ")})`;
};
