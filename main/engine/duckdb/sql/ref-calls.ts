import { quoted } from "./identifiers.ts";
import { type Token, tokenize } from "./lexer.ts";
import { type Rewritten, rewrite } from "./rewrite.ts";

/** `ref('kind.name')` in a text. */
export interface RefCall {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Every `ref('…')` outside strings and comments. */
const findRefCalls = (tokens: readonly Token[]): readonly RefCall[] =>
  tokens.flatMap((token, i) => {
    const [open, name, close] = tokens.slice(i + 1, i + 4);
    const isRef = token.kind === "word" && token.value.toLowerCase() === "ref" && tokens[i - 1]?.text !== ".";
    if (!isRef || open?.text !== "(" || close?.text !== ")") return [];
    if (name?.kind !== "string" && name?.kind !== "quoted") return [];
    return [{ name: name.value, start: token.start, end: close.end }];
  });

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
