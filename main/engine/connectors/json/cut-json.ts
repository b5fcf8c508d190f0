// Where the first records of a JSON text end.

const quote = 34;
const backslash = 92;
const openings = new Set([91, 123]);
const closings = new Set([93, 125]);
const LF = 10;

export interface CutJson {
  readonly bytes: Uint8Array;
  readonly isAll: boolean;
}

interface Wanted {
  readonly rows: number;
  /** The text is all there is. */
  readonly isAll: boolean;
}

const isBlank = (line: Uint8Array): boolean => line.every((byte) => byte === 32 || byte === 9 || byte === 13);

/** The first `rows` lines that hold anything. A line that the text ends in the middle of is left out. */
export const cutLines = (text: Uint8Array, { rows, isAll }: Wanted): CutJson => {
  let end = 0;
  let found = 0;
  while (found < rows) {
    const at = text.indexOf(LF, end);
    if (at < 0) break;
    if (!isBlank(text.subarray(end, at))) found += 1;
    end = at + 1;
  }
  if (isAll && found < rows) return { bytes: text, isAll: true };
  return { bytes: text.subarray(0, end), isAll: isAll && end === text.length };
};

/**
 * The first `rows` records of an array, closed again, or of objects after one another. What is not JSON stays as it is,
 * for the reader that names its line.
 */
export const cutRecords = (text: Uint8Array, isArray: boolean, { rows, isAll }: Wanted): CutJson => {
  const ends = recordEnds(text, isArray ? 1 : 0, rows + 1);
  if (isAll && ends.length <= rows) return { bytes: text, isAll: true };
  const end = ends[Math.min(rows, ends.length) - 1];
  if (end === undefined) return { bytes: text, isAll: false };
  const head = text.subarray(0, end);
  return { bytes: isArray ? Buffer.concat([head, Buffer.from("]")]) : head, isAll: false };
};

/** Where objects and arrays end that begin `depth` levels inside, at most `most` of them. */
const recordEnds = (text: Uint8Array, depth: number, most: number): readonly number[] => {
  const ends: number[] = [];
  let level = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length && ends.length < most; at += 1) {
    const byte = text[at]!;
    if (isQuoted) {
      if (byte === backslash) at += 1;
      else if (byte === quote) isQuoted = false;
    } else if (byte === quote) isQuoted = true;
    else if (openings.has(byte)) level += 1;
    else if (closings.has(byte)) {
      level -= 1;
      if (level === depth) ends.push(at + 1);
    }
  }
  return ends;
};
