import { type Token, tokenize } from "./lexer.ts";
import { type Replacement, rewrite } from "./rewrite.ts";
import { splitStatements } from "./statement-keyword.ts";

/** `CREATE [OR REPLACE] TEMP TABLE|VIEW [IF NOT EXISTS] name [(columns)] AS` at the start of a statement. */
interface Create {
  readonly first: Token;
  readonly as: Token;
  /** The name with its columns, as written. */
  readonly header: string;
}

/**
 * Turns leading `CREATE TEMP TABLE|VIEW x AS …;` statements before a last SELECT into CTEs of it, in place: what
 * follows keeps its offset, so that errors still point at the person's text. Other texts come back as they are.
 */
export const foldLeadingCreates = (text: string): string => {
  if (!/\bcreate\b/i.test(text)) return text;
  const statements = splitStatements(tokenize(text));
  const last = statements.at(-1);
  const creates = statements.slice(0, -1).map((statement) => readCreate(text, statement));
  if (last === undefined || creates.length === 0 || readCreate(text, last) !== null) return text;
  const own = leadingWith(last);
  const replacements: Replacement[] = [];
  for (const [i, create] of creates.entries()) {
    if (create === null) return text;
    const start = i === 0 ? `WITH ${own?.recursive ? "RECURSIVE " : ""}` : ", ";
    const { start: from } = create.first;
    const { end: to } = create.as;
    replacements.push({ start: from, end: to, text: padded(`${start}${create.header} AS (`, text.slice(from, to)) });
    const semicolon = statements[i]!.at(-1)!.end;
    const at = tokenAfter(text, semicolon);
    replacements.push({ start: at, end: at + 1, text: ")" });
  }
  if (own !== null) {
    const { start, end } = own;
    replacements.push({ start, end, text: padded(",", text.slice(start, end)) });
  }
  return rewrite(text, replacements).text;
};

const wordAt = (tokens: readonly Token[], at: number): string => {
  const token = tokens[at];
  return token?.kind === "word" ? token.value.toUpperCase() : "";
};

const readCreate = (text: string, tokens: readonly Token[]): Create | null => {
  let at = 0;
  const skip = (...words: readonly string[]): boolean => {
    if (!words.every((word, i) => wordAt(tokens, at + i) === word)) return false;
    at += words.length;
    return true;
  };
  if (!skip("CREATE")) return null;
  skip("OR", "REPLACE");
  if (!skip("TEMP") && !skip("TEMPORARY")) return null;
  if (!skip("TABLE") && !skip("VIEW")) return null;
  skip("IF", "NOT", "EXISTS");
  const name = tokens[at];
  if (name?.kind !== "word" && name?.kind !== "quoted") return null;
  at++;
  if (tokens[at]?.text === "(") at = tokens.findIndex(({ text: symbol }, i) => i > at && symbol === ")") + 1;
  const as = tokens[at];
  // A qualified name is not one of a CTE, and a CREATE TABLE may also list columns and no query.
  if (as === undefined || wordAt(tokens, at) !== "AS" || tokens[at + 1] === undefined) return null;
  return { first: tokens[0]!, as, header: text.slice(name.start, tokens[at - 1]!.end) };
};

/** The WITH that the last statement begins with. */
const leadingWith = (
  tokens: readonly Token[],
): { readonly start: number; readonly end: number; readonly recursive: boolean } | null => {
  if (wordAt(tokens, 0) !== "WITH") return null;
  const recursive = wordAt(tokens, 1) === "RECURSIVE";
  return { start: tokens[0]!.start, end: tokens[recursive ? 1 : 0]!.end, recursive };
};

/** The offset of the first token at or after `from`; a statement's semicolon may follow a comment. */
const tokenAfter = (text: string, from: number): number => from + (tokenize(text.slice(from))[0]?.start ?? 0);

/** `replacement` in the room of `original`, whose line breaks stay. */
const padded = (replacement: string, original: string): string => {
  const breaks = original.replaceAll(/[^\n]/g, "");
  const room = original.length - replacement.length - breaks.length;
  return `${replacement}${breaks}${" ".repeat(Math.max(0, room))}`;
};
