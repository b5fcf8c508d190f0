// Walks through a CSV file byte by byte and checks its structure: the same number of fields in every record, closed
// quotes, real UTF-8. DuckDB reads some such files without a word, and its messages cannot always name the line.

import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";

import type { Dialect } from "./dialect.ts";
import { LF, RecordScanner, ScanError } from "./record-scanner.ts";

export interface ScannedRecords {
  /** Records after the skipped lines, the header included; blank lines do not count unless there is one column. */
  readonly records: number;
  readonly fields: number;
  /** Bytes of the longest record. */
  readonly longest: number;
  /** Some lines end in CR LF and others in LF or CR. */
  readonly mixedNewlines: boolean;
  /** The first records' fields, at most as many as were asked for. */
  readonly first: readonly (readonly string[])[];
}

/** Bytes at the end that begin a character without finishing it. */
const unfinished = (chunk: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, chunk.length); back += 1) {
    const byte = chunk[chunk.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
};

const linesIn = (bytes: Uint8Array): number => {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
};

/** The line of the first byte that is not UTF-8, counted from the start of `chunk`. */
const wrongLine = (chunk: Uint8Array): number => {
  let good = 0;
  for (let end = chunk.indexOf(LF); end >= 0 && isUtf8(chunk.subarray(good, end)); end = chunk.indexOf(LF, good))
    good = end + 1;
  return linesIn(chunk.subarray(0, good));
};

async function* checkedChunks(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  let line = 1;
  const stream = createReadStream(path, { highWaterMark: 1 << 20, signal }) as AsyncIterable<Buffer>;
  for await (const read of stream) {
    const chunk = rest.length === 0 ? read : Buffer.concat([rest, read]);
    const end = chunk.length - unfinished(chunk);
    const whole = chunk.subarray(0, end);
    if (!isUtf8(whole)) {
      const kind = whole.includes(0) ? "binary" : "encoding";
      throw new ScanError({ kind, line: line + wrongLine(whole) });
    }
    line += linesIn(whole);
    rest = chunk.subarray(end);
    yield whole;
  }
  if (rest.length > 0) throw new ScanError({ kind: "encoding", line });
}

export interface ScanOptions {
  /** Lines to pass over before the first record. */
  readonly skip: number;
  /** How many first records to return. */
  readonly first: number;
  /** Stop after so many records; the rest is not checked. */
  readonly stopAfter?: number | undefined;
}

const scanWith = async (
  path: string,
  dialect: Dialect,
  options: ScanOptions,
  signal: AbortSignal,
): Promise<RecordScanner> => {
  const scanner = new RecordScanner(dialect, options.skip, options.first, options.stopAfter ?? Infinity);
  let bom = true;
  for await (const chunk of checkedChunks(path, signal)) {
    const hasBom = bom && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    bom = false;
    scanner.feed(hasBom ? chunk.subarray(3) : chunk);
    if (scanner.done) break;
  }
  scanner.finish();
  return scanner;
};

/** Checks the whole file. Throws ScanError. */
export const scanRecords = async (
  path: string,
  dialect: Dialect,
  options: ScanOptions,
  signal: AbortSignal,
): Promise<ScannedRecords> => {
  const scanner = await scanWith(path, dialect, options, signal);
  const { records, expected, longest, mixedNewlines, first } = scanner;
  return { records, fields: expected, longest, mixedNewlines, first };
};

/** The line on which record `number` (from 1, the header included) begins. */
export const lineOfRecord = async (
  path: string,
  dialect: Dialect,
  skip: number,
  number: number,
  signal: AbortSignal,
): Promise<number> => {
  const scanner = await scanWith(path, dialect, { skip, first: 0, stopAfter: number }, signal);
  return scanner.lastLine;
};
