import { isNode, textAt, type TreeNode } from "../../duckdb/sql/syntax-tree.ts";
import { readExpression, sourcesOf } from "./expression.ts";
import { distinctSources, everything, type Field, fieldNamed, noRows, type Rows, sameName } from "./rows.ts";
import type { Scope } from "./scope.ts";
import { addMention, nodeAt, nodesAt, type Statement, textsAt, tokenAt } from "./statement.ts";

/** The columns that `*`, `t.*` or `COLUMNS(…)` stands for. */
export const expandStar = (star: TreeNode, scope: Scope, statement: Statement): Rows => {
  const from = textAt(star, "relation_name");
  const table = from === "" ? null : scope.table([from]);
  if (from !== "" && table === null) return structFields(from, scope);
  const tables = table === null ? scope.tables : [table.table];
  const all: Rows = {
    fields: tables.flatMap(({ rows, merged }) =>
      rows.fields
        .filter(({ name }) => table !== null || !merged.has(name.toLowerCase()))
        .map((field) => (table === null ? (scope.joined.get(field.name.toLowerCase()) ?? field) : field)),
    ),
    open: [...new Set(tables.flatMap(({ rows }) => rows.open))],
    others: tables.some(({ rows }) => rows.others !== null)
      ? distinctSources(tables.flatMap(({ rows }) => rows.others ?? []))
      : null,
  };
  const chosen = star["columns"] === true ? chosenBy(star, all, statement) : all;
  const changed = modified(star, chosen, scope, statement);
  mentionModifiers(star, all, statement);
  return changed;
};

/** `s.*` of a struct: its fields are not columns of an input. */
const structFields = (name: string, scope: Scope): Rows => {
  const field = scope.find([name])?.field;
  return field === undefined ? noRows : { fields: [], open: [], others: field.sources };
};

/** COLUMNS('pattern') and COLUMNS(*); a lambda's choice only shows when it is bound. */
const chosenBy = (star: TreeNode, all: Rows, statement: Statement): Rows => {
  const expression = nodeAt(star, "expr");
  if (expression === null) return all;
  const pattern = nodeAt(expression, "value");
  const text = pattern === null || typeof pattern["value"] !== "string" ? null : pattern["value"];
  const matches = text === null ? null : patternOf(text);
  if (matches === null || textAt(star, "alias") !== "") {
    statement.notes.add("COLUMNS(…) chooses columns when it runs");
    return { fields: [], open: [], others: everything(all) };
  }
  if (all.open.length > 0 || all.others !== null) return { fields: [], open: [], others: everything(all) };
  return { ...all, fields: all.fields.filter(({ name }) => matches.test(name)) };
};

const patternOf = (text: string): RegExp | null => {
  try {
    return new RegExp(text, "u");
  } catch {
    return null;
  }
};

const entries = (star: TreeNode, key: string): ReadonlyMap<string, TreeNode | string> =>
  new Map(
    nodesAt(star, key).map((entry) => {
      const named = isNode(entry["key"]) ? textAt(entry["key"], "column") : textAt(entry, "key");
      const value = entry["value"];
      return [named.toLowerCase(), isNode(value) ? value : textAt(entry, "value")];
    }),
  );

const modified = (star: TreeNode, rows: Rows, scope: Scope, statement: Statement): Rows => {
  const excluded = new Set([...textsAt(star, "exclude_list"), ...textsAt(star, "qualified_exclude_list")].map(lower));
  const replaced = entries(star, "replace_list");
  const renamed = entries(star, "rename_list");
  // What is done to a column of an input whose columns are not known makes it a column that is known.
  const touched = [...replaced.keys(), ...renamed.keys()].filter(
    (name) => !rows.fields.some((field) => sameName(field.name, name)),
  );
  const found = touched.flatMap((name) => fieldNamed(rows, name) ?? []);
  const fields = [...rows.fields, ...found].flatMap((field): readonly Field[] => {
    const name = lower(field.name);
    if (excluded.has(name)) return [];
    const expression = replaced.get(name);
    if (isNode(expression)) return [{ ...field, sources: readExpression(expression, scope, statement).sources }];
    const other = renamed.get(name);
    return typeof other === "string" ? [{ ...field, name: other, named: [] }] : [field];
  });
  return { ...rows, fields };
};

const lower = (text: string): string => text.toLowerCase();

const modifiers = new Set(["exclude", "except", "replace", "rename"]);

/** The names inside EXCLUDE, REPLACE and RENAME: the tree does not say where they stand. */
const mentionModifiers = (star: TreeNode, rows: Rows, statement: Statement): void => {
  const { tokens } = statement;
  let at = tokenAt(statement, statement.offsetOf(star["query_location"]));
  if (at < 0) return;
  while (at < tokens.length && tokens[at]?.text !== "*") at++;
  for (at += 1; modifiers.has(lower(tokens[at]?.value ?? "")) && tokens[at]?.kind === "word";) {
    const word = lower(tokens[at]!.value);
    at = mentionList(word, at + 1, rows, statement);
  }
};

/** One modifier's list; the index of the token after it. */
const mentionList = (word: string, start: number, rows: Rows, statement: Statement): number => {
  const { tokens } = statement;
  const isName = (index: number): boolean => {
    if (word === "replace") return lower(tokens[index - 1]?.value ?? "") === "as";
    return word !== "rename" || lower(tokens[index - 1]?.value ?? "") !== "as";
  };
  const name = (index: number): void => {
    const token = tokens[index];
    const field = token === undefined || !isName(index) ? null : fieldNamed(rows, token.value);
    if (token !== undefined && field !== null) addMention(statement, field.named, token, null);
  };
  if (tokens[start]?.text !== "(") {
    name(start);
    return start + 1;
  }
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const { text, kind } = tokens[at]!;
    if (text === "(") depth++;
    else if (text === ")") depth--;
    else if (depth === 1 && (kind === "word" || kind === "quoted") && lower(text) !== "as") name(at);
    if (depth === 0) return at + 1;
  }
  return tokens.length;
};

/** Whether an item of a select list gives as many columns as it will. */
export const hasInnerStar = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(hasInnerStar);
  if (typeof value !== "object" || value === null) return false;
  const node = value as TreeNode;
  if (node["class"] === "SUBQUERY") return false;
  return node["class"] === "STAR" || Object.values(node).some(hasInnerStar);
};

/** What several columns made by one expression are made of. */
export const manyOf = (node: TreeNode, scope: Scope, statement: Statement): Rows => ({
  fields: [],
  open: [],
  others: sourcesOf(node, scope, statement),
});
