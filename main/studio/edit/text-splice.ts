/** One replaced stretch of a text, with what stood around it, so that it can be found again after other edits. */
export interface Splice {
  /** Offset of `removed` in the text before. */
  readonly start: number;
  readonly removed: string;
  readonly inserted: string;
  readonly before: string;
  readonly after: string;
}

const contextLength = 60;

/** The smallest single stretch whose replacement turns `from` into `to`. */
export const spliceBetween = (from: string, to: string): Splice => {
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head++;
  let tail = 0;
  while (tail < most - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
  const end = from.length - tail;
  return {
    start: head,
    removed: from.slice(head, end),
    inserted: to.slice(head, to.length - tail),
    before: from.slice(Math.max(0, head - contextLength), head),
    after: from.slice(end, end + contextLength),
  };
};

/** What takes a splice back. */
export const inverse = ({ start, removed, inserted, before, after }: Splice): Splice => ({
  start,
  removed: inserted,
  inserted: removed,
  before,
  after,
});

const replaceAt = (text: string, at: number, { removed, inserted }: Splice): string =>
  text.slice(0, at) + inserted + text.slice(at + removed.length);

/**
 * The text with the splice applied. Where the text has changed since, the stretch is looked for by what stood around
 * it; `null` when it is not there or not there once: then nobody can say what was meant.
 */
export const applySplice = (text: string, splice: Splice): string | null => {
  const { start, removed, before, after } = splice;
  const whole = before + removed + after;
  if (whole === "") return text === "" ? splice.inserted : null;
  const expected = start - before.length;
  if (text.startsWith(whole, expected) && expected >= 0) return replaceAt(text, start, splice);
  const found = text.indexOf(whole);
  if (found < 0 || text.indexOf(whole, found + 1) >= 0) return null;
  return replaceAt(text, found + before.length, splice);
};
