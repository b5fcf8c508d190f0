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
const changes = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);
/** These say more with their second word. */
const twoWords = new Set(["CREATE", "DROP", "ALTER", "DETACH", "EXPORT", "IMPORT"]);

const word = (token: Token | undefined): string => token?.value.toUpperCase() ?? "";

/** Names a statement by its first words. */
export const statementKeyword = (sql: string): StatementKeyword => {
  const tokens = tokenize(sql);
  const statements = splitStatements(tokens).map(withoutCommonTables);
  const other = statements.find(([first]) => !selectStarts.has(word(first)));
  const [first, second, , fourth] = other ?? statements[0] ?? [];
  const isSelect = statements.length === 1 && other === undefined;
  const pivot = isSelect ? tokens.find(({ kind, value }) => kind === "word" && /^pivot(_wider)?$/i.test(value)) : null;
  const object = word(second) === "OR" ? `OR REPLACE ${word(fourth)}` : word(second);
  const name = twoWords.has(word(first)) ? `${word(first)} ${object}` : word(first);
  return {
    statement: `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name} statement`,
    isSelect,
    offset: first?.start ?? 0,
    pivot: pivot?.start ?? null,
  };
};

/** A statement from the word on that its WITH is for. */
const withoutCommonTables = (tokens: readonly Token[]): readonly Token[] => {
  if (word(tokens[0]) !== "WITH") return tokens;
  let depth = 0;
  const main = tokens.findIndex((token) => {
    if (token.text === "(") depth++;
    if (token.text === ")") depth--;
    return depth === 0 && changes.has(word(token));
  });
  return main === -1 ? tokens : tokens.slice(main);
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
