import { quoted } from "./identifiers.ts";
import { type Token, tokenize } from "./lexer.ts";
import { type Replacement, type Rewritten, rewrite } from "./rewrite.ts";
import type { TableReference } from "./walk-statement.ts";

const beforeTable = new Set(["FROM", "JOIN", ",", "("]);

/**
 * Replaces every reference by a subquery that reads it, under the name the text knows it by: this saves a view
 * for each input, and a view costs as much as a small query. `null` where a reference is not plainly in a FROM list.
 */
export const inlineInputs = (
  sql: string,
  references: readonly TableReference[],
  subquery: (name: string) => string,
): Rewritten | null => {
  if (references.length === 0) return { text: sql, originalOffset: (offset) => offset };
  const tokens = tokenize(sql);
  const replacements: Replacement[] = [];
  for (const reference of references) {
    const first = tokens.findIndex(({ start }) => start === reference.offset);
    const last = first === -1 ? null : lastToken(tokens, first, reference);
    if (last === null || !beforeTable.has(tokens[first - 1]?.value.toUpperCase() ?? "")) return null;
    const alias = reference.alias === "" ? ` as ${quoted(ownName(reference.name))}` : "";
    const { start } = tokens[first]!;
    replacements.push({ start, end: last.end, text: `(${subquery(reference.name)})${alias}` });
  }
  return rewrite(sql, replacements);
};

const ownName = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/** The last token of a reference that begins at `first`, if the text there is what the tree says. */
const lastToken = (tokens: readonly Token[], first: number, { name, form }: TableReference): Token | null => {
  if (form === "text") return null;
  if (form === "ref") {
    const [call, open, argument, close] = tokens.slice(first, first + 4);
    const matches = call?.value.toLowerCase() === "ref" && open?.text === "(" && close?.text === ")";
    return matches && argument?.value === name ? close : null;
  }
  let at = first;
  let read = tokens[at]!.value;
  while (tokens[at + 1]?.text === "." && tokens[at + 2] !== undefined) {
    at += 2;
    read += `.${tokens[at]!.value}`;
  }
  return read === name ? tokens[at]! : null;
};
