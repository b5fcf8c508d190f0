/** A table that a SELECT names, and what it is called there. */
export interface NamedTable {
  /** `kind.name`, `input_0`, `source`. */
  readonly table: string;
  /** Its alias, else the last part of its name. */
  readonly alias: string;
}

const pattern =
  /\b(?:from|join)\s+(?:ref\(\s*['"]([^'"]+)['"]\s*\)|([a-z_][\w]*(?:\.[a-z_][\w]*)?))(?:\s+(?:as\s+)?([a-z_]\w*))?/gi;
const words = new Set(
  "on using where group order join left right inner full cross limit having qualify window union asof anti semi natural positional".split(
    " ",
  ),
);

/** The tables of a text, also of one that is not finished: completion cannot wait until it can be parsed. */
export const namedTables = (sql: string): readonly NamedTable[] =>
  [...sql.matchAll(pattern)].flatMap(([, quoted, plain, alias]) => {
    const table = quoted ?? plain;
    if (table === undefined) return [];
    const isAlias = alias !== undefined && !words.has(alias.toLowerCase());
    return [{ table, alias: isAlias ? alias : table.slice(table.lastIndexOf(".") + 1) }];
  });
