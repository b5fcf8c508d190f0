// Where the first records of a CSV text end.

import type { Dialect } from "./dialect.ts";
import { LF, RecordScanner, ScanError } from "./record-scanner.ts";

export interface CutRecords {
  /** The text of the records, line ends included. */
  readonly bytes: Uint8Array;
  readonly records: number;
}

const piece = 1 << 16;

/**
 * The first `wanted` records. A record that the text ends in the middle of is left out, unless the text is all there
 * is; what is damaged stays, for the check that names its line.
 */
export const cutRecords = (
  text: Uint8Array,
  dialect: Dialect,
  { skip, wanted, isAll }: { readonly skip: number; readonly wanted: number; readonly isAll: boolean },
): CutRecords => {
  const hasBom = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
  const start = hasBom ? 3 : 0;
  const scanner = new RecordScanner(dialect, skip, 0, wanted);
  try {
    for (let at = start; at < text.length && !scanner.done; at += piece) scanner.feed(text.subarray(at, at + piece));
  } catch (error) {
    if (error instanceof ScanError) return { bytes: text, records: scanner.records };
    throw error;
  }
  if (isAll && !scanner.done) return { bytes: text, records: scanner.records };
  const end = start + scanner.recordsEnd;
  return { bytes: text.subarray(0, text[end] === LF ? end + 1 : end), records: scanner.records };
};

/** The text up to the end of its line `lines`, or of its last whole line; all of it where no line ends. */
export const firstLines = (text: Uint8Array, lines: number): Uint8Array => {
  let end = 0;
  for (let line = 0; line < lines; line += 1) {
    const at = text.indexOf(LF, end);
    if (at < 0) break;
    end = at + 1;
  }
  return end === 0 ? text : text.subarray(0, end);
};
