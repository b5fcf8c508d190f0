// One CSV file, checked from end to end before DuckDB reads it.

import { basename, join } from "node:path";

import { ExecutorExecutionError, type ErrorCode } from "../../../../shared/errors/index.ts";
import type { LookContext } from "../connector.ts";
import { decodeFile, type DecodedFile } from "../decode.ts";
import type { SourceFile } from "../files.ts";
import type { CsvOptions, Dialect } from "./dialect.ts";
import { findDialect, likelyDelimiter } from "./find-dialect.ts";
import { readHeader } from "./header.ts";
import { scanOnce } from "./known-scans.ts";
import { ScanError, type ScanProblem } from "./record-scanner.ts";
import { scanRecords, type ScannedRecords } from "./scan-records.ts";

export interface CsvFile extends DecodedFile {
  readonly names: readonly string[];
  readonly header: boolean;
  /** Records without the header. */
  readonly rows: number;
  readonly longest: number;
  readonly mixedNewlines: boolean;
}

const zeroByte = (line: number) => ({
  detail: `line ${line} holds a zero byte`,
  how: "Export the table as CSV in UTF-8; if this is UTF-16, write `params: {encoding: utf-16le}`.",
});

const codes = {
  ragged: "csv_ragged",
  quotes: "csv_quotes_wrong",
  encoding: "source_encoding_wrong",
  binary: "source_file_binary",
} as const satisfies Record<ScanProblem["kind"], ErrorCode>;

const explain = (node: string, file: SourceFile, { problem }: ScanError): ExecutorExecutionError => {
  const more = problem.kind === "binary" ? zeroByte(problem.line) : {};
  const params = { path: file.name, encoding: "utf-8", ...problem, ...more };
  return new ExecutorExecutionError(codes[problem.kind], { node, params });
};

const scan = async (
  node: string,
  file: DecodedFile,
  dialect: Dialect,
  options: CsvOptions,
  signal: AbortSignal,
): Promise<ScannedRecords> => {
  try {
    return await scanOnce(file.text, dialect, options.skip, () =>
      scanRecords(file.text, dialect, { skip: options.skip, first: 1 }, signal),
    );
  } catch (error) {
    if (error instanceof ScanError) throw explain(node, file, error);
    throw error;
  }
};

interface Scanned {
  readonly dialect: Dialect;
  readonly scanned: ScannedRecords;
}

/**
 * Takes the dialect of the file's beginning. Where that does not fit all of it, such as when a quote is escaped only
 * further down, more of the file is looked at before it is called damaged.
 */
const findAndScan = async (
  node: string,
  file: DecodedFile,
  options: CsvOptions,
  context: LookContext,
): Promise<Scanned> => {
  const dialect = await findDialect(node, file, options, context, "beginning");
  try {
    return { dialect, scanned: await scan(node, file, dialect, options, context.signal) };
  } catch (error) {
    if (!(error instanceof ExecutorExecutionError) || options.delimiter !== null) throw error;
    const second = await findDialect(node, file, options, context);
    if (isSame(dialect, second)) throw error;
    return { dialect: second, scanned: await scan(node, file, second, options, context.signal) };
  }
};

const isSame = (one: Dialect, other: Dialect): boolean =>
  one.delimiter === other.delimiter && one.quote === other.quote && one.escape === other.escape;

/** A pinned delimiter that makes one column out of a line that another would divide is a mistake. */
const checkWidth = async (
  node: string,
  file: DecodedFile,
  dialect: Dialect,
  options: CsvOptions,
  signal: AbortSignal,
): Promise<void> => {
  const likely = await likelyDelimiter(file, dialect, options.skip, signal);
  if (likely === null) return;
  const shown = likely === "\t" ? "tab" : `"${likely}"`;
  throw new ExecutorExecutionError("csv_one_column", { node, params: { path: file.name, likely: shown } });
};

export interface PreparedCsv {
  readonly dialect: Dialect;
  readonly files: readonly CsvFile[];
}

/** Decodes and checks every file; the first one's dialect is all files' dialect. Throws what is wrong, with the line. */
export const prepareFiles = async (
  node: string,
  files: readonly SourceFile[],
  options: CsvOptions,
  context: LookContext,
): Promise<PreparedCsv> => {
  let dialect: Dialect | null = null;
  const prepared: CsvFile[] = [];
  for (const [i, file] of files.entries()) {
    const scratch = join(context.scratch, `${i}-${basename(file.path)}`);
    const decoded = await decodeFile(node, file, options.encoding, scratch, context.signal);
    const known: Dialect | null = dialect;
    const { scanned, ...found } =
      known === null
        ? await findAndScan(node, decoded, options, context)
        : { dialect: known, scanned: await scan(node, decoded, known, options, context.signal) };
    ({ dialect } = found);
    const [first] = scanned.first;
    if (first === undefined)
      throw new ExecutorExecutionError("source_file_empty", { node, params: { path: file.name } });
    if (scanned.fields === 1) await checkWidth(node, decoded, dialect, options, context.signal);
    const { present, names } = readHeader(node, file, first, options.header);
    const { longest, mixedNewlines } = scanned;
    prepared.push({
      ...decoded,
      names,
      header: present,
      rows: scanned.records - (present ? 1 : 0),
      longest,
      mixedNewlines,
    });
  }
  return { dialect: dialect ?? { delimiter: ",", quote: '"', escape: '"' }, files: prepared };
};
