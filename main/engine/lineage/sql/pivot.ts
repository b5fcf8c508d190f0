import { textAt, type TreeNode } from "../../duckdb/sql/syntax-tree.ts";
import { ownName, sourcesOf } from "./expression.ts";
import { computed, distinctSources, everything, type Field, fieldNamed, isOpen, type Rows, sameName } from "./rows.ts";
import { Scope } from "./scope.ts";
import { addCondition, addMention, nodesAt, type Statement, textsAt, tokenAt } from "./statement.ts";

/** PIVOT and UNPIVOT of `source`. */
export const pivotRows = (node: TreeNode, source: Rows, outer: Scope, statement: Statement): Rows => {
  const scope = new Scope(outer);
  scope.tables.push({ path: [], rows: source, merged: new Set() });
  return nodesAt(node, "aggregates").length > 0
    ? pivoted(node, source, scope, statement)
    : unpivoted(node, source, statement);
};

const pivoted = (node: TreeNode, source: Rows, scope: Scope, statement: Statement): Rows => {
  const aggregates = nodesAt(node, "aggregates");
  const pivots = nodesAt(node, "pivots");
  const values = aggregates.map((aggregate) => ({
    name: aggregates.length > 1 || textAt(aggregate, "alias") !== "" ? ownName(aggregate) : null,
    sources: sourcesOf(aggregate, scope, statement),
  }));
  const by = pivots.flatMap((pivot) => sourcesOf(pivot["pivot_expressions"], scope, statement));
  const rest = groupColumns(node, source, [...values.flatMap(({ sources }) => sources), ...by], statement);
  addCondition(
    statement,
    "group",
    rest.fields.flatMap(({ sources }) => sources),
  );
  const combinations = pivots.reduce<readonly string[]>(
    (before, pivot) =>
      before.flatMap((start) => entriesOf(pivot).map((entry) => (start === "" ? entry : `${start}_${entry}`))),
    [""],
  );
  const added = combinations.flatMap((entry) =>
    values.map(({ name, sources }): Field => ({
      // Two unnamed aggregates are told apart by a text that only DuckDB spells.
      name: name === null ? entry : name === "" ? "" : `${entry}_${name}`,
      sources: distinctSources(computed([...sources, ...by])),
      named: [],
    })),
  );
  return { ...rest, fields: [...rest.fields, ...added] };
};

const entriesOf = (pivot: TreeNode): readonly string[] =>
  nodesAt(pivot, "entries").map((entry) => {
    const alias = textAt(entry, "alias");
    if (alias !== "") return alias;
    return nodesAt(entry, "values")
      .map(({ value }) => (typeof value === "object" ? "" : String(value)))
      .join("_");
  });

/** The columns that stay: those named, else all that nothing else takes. */
const groupColumns = (
  node: TreeNode,
  source: Rows,
  taken: readonly { readonly input: string; readonly column: string | null }[],
  statement: Statement,
): Rows => {
  const groups = textsAt(node, "groups");
  mentionNames(node, groups, source, statement);
  if (groups.length > 0) {
    return { fields: groups.flatMap((name) => fieldNamed(source, name) ?? []), open: [], others: null };
  }
  if (isOpen(source)) return { fields: [], open: [], others: everything(source) };
  const isTaken = (field: Field): boolean =>
    field.sources.length > 0 &&
    field.sources.every(({ input, column }) =>
      taken.some((other) => other.input === input && other.column === column && column !== null),
    );
  return { ...source, fields: source.fields.filter((field) => !isTaken(field)) };
};

const unpivoted = (node: TreeNode, source: Rows, statement: Statement): Rows => {
  const pivots = nodesAt(node, "pivots");
  const names = [...new Set(pivots.flatMap(entriesOf))];
  const isPlain = names.length > 0 && names.every((name) => fieldNamed(source, name) !== null);
  if (!isPlain || isOpen(source)) {
    statement.notes.add("UNPIVOT of columns that are chosen when it runs");
    return { fields: [], open: [], others: everything(source) };
  }
  mentionNames(node, names, source, statement);
  const values = distinctSources(names.flatMap((name) => fieldNamed(source, name)?.sources ?? []));
  // Rows without a value are left out, so the values decide which rows there are.
  if (node["include_nulls"] !== true) addCondition(statement, "filter", values);
  return {
    ...source,
    fields: [
      ...source.fields.filter(({ name }) => !names.some((other) => sameName(other, name))),
      ...pivots.flatMap((pivot) => textsAt(pivot, "unpivot_names")).map((name) => ({ name, sources: [], named: [] })),
      ...textsAt(node, "unpivot_names").map((name) => ({ name, sources: values, named: [] })),
    ],
  };
};

/** The tree does not say where these names stand: the first words of the text behind the keyword that are spelled so. */
const mentionNames = (node: TreeNode, names: readonly string[], source: Rows, statement: Statement): void => {
  const start = Math.max(0, tokenAt(statement, statement.offsetOf(node["query_location"])));
  for (const name of names) {
    const named = fieldNamed(source, name)?.named ?? [];
    const token = statement.tokens.find(
      ({ value, kind }, at) => at > start && (kind === "word" || kind === "quoted") && sameName(value, name),
    );
    if (token !== undefined) addMention(statement, named, token, "pivot");
  }
};
