// The dialect of a CSV file: what the node pins, else DuckDB's sniffer, checked against the file's first line.

import { z } from "zod";

import { literal } from "../../duckdb/sql/identifiers.ts";
import { refusal } from "../connector-error.ts";
import type { LookContext } from "../connector.ts";
import type { DecodedFile } from "../decode.ts";
import type { CsvOptions, Dialect } from "./dialect.ts";
import { ScanError } from "./record-scanner.ts";
import { scanRecords } from "./scan-records.ts";
import { queryRows } from "../run-sql.ts";

/** How much of a file the sniffer looks at: its beginning, which nearly always tells, or as much as it can bear. */
export type Sniffed = "beginning" | "most";

const beginningRows = 20_480;
/** Of a file too large to be looked at whole. */
const sampleRows = 200_000;
const smallBytes = 64 << 20;

const rowsOf = (file: DecodedFile, much: Sniffed): number => {
  if (much === "beginning") return beginningRows;
  return file.bytes <= smallBytes ? -1 : sampleRows;
};
const candidates = [",", ";", "\t", "|"];

const sniffed = z.tuple([z.string(), z.string(), z.string()]);
const none = (text: string): string => (text === "(empty)" ? "" : text);

const pinned = (options: CsvOptions): string =>
  [
    options.delimiter === null ? "" : `, delim = ${literal(options.delimiter)}`,
    options.quote === null ? "" : `, quote = ${literal(options.quote)}`,
    options.escape === null ? "" : `, escape = ${literal(options.escape)}`,
    options.skip === 0 ? "" : `, skip = ${options.skip}`,
  ].join("");

/** DuckDB's answer, or `null` where it has none: a damaged file is explained by the scan that follows. */
const sniff = async (
  node: string,
  file: DecodedFile,
  { options, much }: { readonly options: CsvOptions; readonly much: Sniffed },
  context: LookContext,
): Promise<Dialect | null> => {
  const sql =
    `select Delimiter, Quote, Escape from ` +
    `sniff_csv(${literal(file.text)}, sample_size = ${rowsOf(file, much)}${pinned(options)})`;
  try {
    const rows = await queryRows(node, sql, context);
    const [delimiter, quote, escape] = sniffed.parse(rows[0]).map(none) as [string, string, string];
    return { delimiter, quote, escape };
  } catch (error) {
    if (refusal(error) === null && !(error instanceof z.ZodError)) throw error;
    return null;
  }
};

const complete = (options: CsvOptions, found: Partial<Dialect>): Dialect => {
  const quote = options.quote ?? (found.quote || '"');
  return {
    delimiter: options.delimiter ?? (found.delimiter || ","),
    quote,
    escape: options.escape ?? (found.escape || quote),
  };
};

/** Fields of the first line; 0 where it cannot be read with this dialect. */
const width = async (file: DecodedFile, dialect: Dialect, skip: number, signal: AbortSignal): Promise<number> => {
  try {
    return (await scanRecords(file.text, dialect, { skip, first: 1, stopAfter: 1 }, signal)).fields;
  } catch (error) {
    if (error instanceof ScanError) return 0;
    throw error;
  }
};

/** The delimiter that makes the most of the first line, or `null` when none makes two fields. */
export const likelyDelimiter = async (
  file: DecodedFile,
  dialect: Dialect,
  skip: number,
  signal: AbortSignal,
): Promise<string | null> => {
  let best: string | null = null;
  let most = 1;
  for (const delimiter of candidates) {
    const fields = await width(file, { ...dialect, delimiter }, skip, signal);
    if (fields > most) [best, most] = [delimiter, fields];
  }
  return best;
};

/** Finds every part of the dialect that the node does not pin. */
export const findDialect = async (
  node: string,
  file: DecodedFile,
  options: CsvOptions,
  context: LookContext,
  much: Sniffed = "most",
): Promise<Dialect> => {
  if (options.delimiter !== null) return complete(options, {});
  const found = await sniff(node, file, { options, much }, context);
  const dialect = complete(options, found ?? {});
  if ((await width(file, dialect, options.skip, context.signal)) > 1) return dialect;
  const likely = await likelyDelimiter(file, complete(options, {}), options.skip, context.signal);
  return likely === null ? dialect : complete(options, { delimiter: likely });
};
