import { type Token, tokenize } from "./lexer.ts";

/** What kind of statement a text is, judged by its words alone, for the case that DuckDB gives no tree. */
export interface StatementKeyword {
  /** e.g. `a CREATE TABLE statement`, `2 statements`. */
  readonly statement: string;
  readonly isSelect: boolean;
  readonly offset: number;
  /** Offset of a PIVOT keyword, `null` without one. */
  readonly pivot: number | null;
}

const selectStarts = new Set([
  "SELECT",
  "WITH",
  "FROM",
  "VALUES",
  "PIVOT",
  "UNPIVOT",
  "TABLE",
  "DESCRIBE",
  "SUMMARIZE",
  "(",
]);
/** These say more with their second word. */
const twoWords = new Set(["CREATE", "DROP", "ALTER", "DETACH", "EXPORT", "IMPORT"]);

const word = (token: Token | undefined): string => token?.value.toUpperCase() ?? "";

/** Names a statement by its first words. */
export const statementKeyword = (sql: string): StatementKeyword => {
  const tokens = tokenize(sql);
  const statements = splitStatements(tokens);
  const [first, second, third] =
    statements.find((statement) => !selectStarts.has(word(statement[0]))) ?? statements[0] ?? [];
  const isSelect = statements.length === 1 && selectStarts.has(word(first));
  const pivot = isSelect
    ? tokens.find(({ kind, value }) => kind === "word" && /^pivot(_wider)?$/i.test(value))
    : undefined;
  const object = word(second) === "OR" ? `${word(second)} ${word(third)}` : word(second);
  const name = twoWords.has(word(first)) ? `${word(first)} ${object}` : word(first);
  return { statement: `a ${name} statement`, isSelect, offset: first?.start ?? 0, pivot: pivot?.start ?? null };
};

/** The tokens of each statement, empty ones left out. */
export const splitStatements = (tokens: readonly Token[]): readonly (readonly Token[])[] => {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === ";") statements.push([]);
    else statements.at(-1)!.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
};
