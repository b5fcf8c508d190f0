// Where each part of a scalar's value stands in its file: so that an offset in SQL becomes a line and a column.

export type ScalarStyle = "literal" | "folded" | "plain" | "single" | "double";

/** From `offset` of the value on, the text stands at `source` of the file, until the next entry. */
export interface Segment {
  readonly offset: number;
  readonly source: number;
}

const simpleEscapes = new Set('0abtnvfre"/\\N_LP \t');
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Segments of a double-quoted scalar: one at each place where an escape or a folded line break shifts the text. */
const doubleSegments = (source: string, start: number, end: number): readonly Segment[] => {
  const segments: Segment[] = [{ offset: 0, source: start + 1 }];
  let offset = 0;
  let at = start + 1;
  const jump = (): void => void segments.push({ offset, source: at });
  while (at < end - 1) {
    const character = source[at];
    if (character === "\\") {
      const next = source[at + 1] ?? "";
      const hex = hexLengths[next];
      if (hex !== undefined) {
        offset += String.fromCodePoint(Number.parseInt(source.slice(at + 2, at + 2 + hex), 16) || 0).length;
        at += 2 + hex;
      } else if (next === "\n" || next === "\r") {
        at = skipBlank(source, at + 1);
      } else {
        offset += simpleEscapes.has(next) ? 1 : 2;
        at += 2;
      }
      jump();
    } else if (character === "\n" || character === "\r" || isFoldedBlank(source, at)) {
      const breaks = countBreaks(source, at);
      at = skipBlank(source, at);
      offset += Math.max(1, breaks - 1);
      jump();
    } else {
      at++;
      offset++;
    }
  }
  return segments;
};

const isBlank = (character: string | undefined): boolean =>
  character === " " || character === "\t" || character === "\n" || character === "\r";

const isFoldedBlank = (source: string, at: number): boolean => {
  if (source[at] !== " " && source[at] !== "\t") return false;
  let next = at;
  while (source[next] === " " || source[next] === "\t") next++;
  return source[next] === "\n" || source[next] === "\r";
};

const skipBlank = (source: string, at: number): number => {
  let next = at;
  while (isBlank(source[next])) next++;
  return next;
};

const countBreaks = (source: string, at: number): number => {
  let breaks = 0;
  for (let next = at; isBlank(source[next]); next++) if (source[next] === "\n") breaks++;
  return breaks;
};

/** Segments of every other style: each source line's content appears in the value unchanged and in order. */
const lineSegments = (
  source: string,
  start: number,
  end: number,
  value: string,
  single: boolean,
): readonly Segment[] => {
  const segments: Segment[] = [];
  let cursor = 0;
  let at = start;
  while (at < end) {
    const newline = source.indexOf("\n", at);
    const lineEnd = newline < 0 || newline > end ? end : newline;
    const line = source.slice(at, lineEnd);
    const indent = line.length - line.trimStart().length;
    for (const piece of single ? splitQuotes(line.trim()) : [{ text: line.trim(), at: 0 }]) {
      if (piece.text === "") continue;
      const found = value.indexOf(piece.text, cursor);
      if (found < 0) continue;
      segments.push({ offset: found, source: at + indent + piece.at });
      cursor = found + piece.text.length;
    }
    at = lineEnd + 1;
  }
  return segments.length === 0 ? [{ offset: 0, source: start }] : segments;
};

/** `it''s` → `it'`, `s`: a doubled quote is one character of the value. */
const splitQuotes = (text: string): readonly { readonly text: string; readonly at: number }[] => {
  const pieces: { text: string; at: number }[] = [];
  let from = 0;
  for (let at = text.indexOf("''"); at >= 0; at = text.indexOf("''", from)) {
    pieces.push({ text: text.slice(from, at + 1), at: from });
    from = at + 2;
  }
  pieces.push({ text: text.slice(from), at: from });
  return pieces;
};

/**
 * The segments of a scalar that stands in `source` from `start` to `end` (quotes or the `|` header included) and
 * means `value`.
 */
export const scalarSegments = (
  source: string,
  start: number,
  end: number,
  style: ScalarStyle,
  value: string,
): readonly Segment[] => {
  if (style === "double") return doubleSegments(source, start, end);
  if (style === "single") return lineSegments(source, start + 1, end - 1, value, true);
  if (style === "plain") return lineSegments(source, start, end, value, false);
  const header = source.indexOf("\n", start);
  return lineSegments(source, header < 0 ? end : header + 1, end, value, false);
};
