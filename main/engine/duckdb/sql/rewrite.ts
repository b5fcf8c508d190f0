/** An SQL text with parts replaced, and the way back from its positions to the original's. */
export interface Rewritten {
  readonly text: string;
  /** The offset in the original that an offset in `text` stands for. */
  readonly originalOffset: (offset: number) => number;
}

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces parts of a text; they must be in order and not overlap. */
export const rewrite = (original: string, replacements: readonly Replacement[]): Rewritten => {
  let text = "";
  let from = 0;
  const marks: { readonly at: number; readonly original: number; readonly inside: boolean }[] = [];
  for (const { start, end, text: replacement } of replacements) {
    marks.push({ at: text.length, original: from, inside: false });
    text += original.slice(from, start);
    marks.push({ at: text.length, original: start, inside: true });
    text += replacement;
    from = end;
  }
  marks.push({ at: text.length, original: from, inside: false });
  text += original.slice(from);
  return {
    text,
    originalOffset: (offset) => {
      const mark = marks.findLast(({ at }) => at <= offset);
      if (mark === undefined) return offset;
      return mark.inside ? mark.original : Math.min(original.length, mark.original + offset - mark.at);
    },
  };
};
