import { quoted } from "./identifiers.ts";
import { type Token, tokenize } from "./lexer.ts";

/** `ref('kind.name')` in a text. */
export interface RefCall {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Every `ref('…')` outside strings and comments. */
export const findRefCalls = (tokens: readonly Token[]): readonly RefCall[] =>
  tokens.flatMap((token, i) => {
    const [open, name, close] = tokens.slice(i + 1, i + 4);
    const isRef = token.kind === "word" && token.value.toLowerCase() === "ref" && tokens[i - 1]?.text !== ".";
    if (!isRef || open?.text !== "(" || close?.text !== ")") return [];
    if (name?.kind !== "string" && name?.kind !== "quoted") return [];
    return [{ name: name.value, start: token.start, end: close.end }];
  });

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

/** Every `ref('kind.name')` replaced by the relation's quoted name. */
export const replaceRefCalls = (sql: string): Rewritten => {
  // Most texts have none, and then there is nothing to read.
  if (!/\bref\b/i.test(sql)) return { text: sql, originalOffset: (offset) => offset };
  return rewrite(
    sql,
    findRefCalls(tokenize(sql)).map(({ name, start, end }) => ({
      start,
      end,
      text: name.toLowerCase().split(".").map(quoted).join("."),
    })),
  );
};
