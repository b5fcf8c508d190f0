import { isNode, textAt, type TreeNode, type TreeValue } from "../../duckdb/sql/syntax-tree.ts";
import { sourcesOf } from "./expression.ts";
import { pivotRows } from "./pivot.ts";
import {
  computed,
  distinctSources,
  everything,
  type Field,
  fieldNamed,
  isOpen,
  noRows,
  type Rows,
  sameName,
  withNames,
} from "./rows.ts";
import type { Scope } from "./scope.ts";
import { addCondition, addMention, nodeAt, queryBelow, type Statement, textsAt, tokenAt } from "./statement.ts";

/** Adds the tables of a FROM to a scope. */
export const addTables = (node: TreeNode | null, scope: Scope, statement: Statement): void => {
  if (node === null || node["type"] === "EMPTY") return;
  if (node["type"] === "JOIN") return addJoin(node, scope, statement);
  const { path, rows } = readTable(node, scope, statement);
  const alias = textAt(node, "alias");
  const named = withNames(rows, textsAt(node, "column_name_alias"));
  scope.tables.push({ path: alias === "" ? path : [alias], rows: named, merged: new Set() });
};

interface Read {
  /** What the table is called without an alias. */
  readonly path: readonly string[];
  readonly rows: Rows;
}

const readTable = (node: TreeNode, scope: Scope, statement: Statement): Read => {
  switch (node["type"]) {
    case "BASE_TABLE":
      return baseTable(node, scope, statement);
    case "TABLE_FUNCTION":
      return tableFunction(node, scope, statement);
    case "SUBQUERY": {
      const query = queryBelow(node, "subquery");
      return { path: [], rows: query === null ? noRows : statement.query(query, scope) };
    }
    case "EXPRESSION_LIST":
      return { path: ["valueslist"], rows: valueRows(node, scope, statement) };
    case "PIVOT": {
      const source = nodeAt(node, "source");
      const inner = source === null ? { path: [], rows: noRows } : readTable(source, scope, statement);
      const named = source === null ? inner.rows : withNames(inner.rows, textsAt(source, "column_name_alias"));
      return { path: [], rows: pivotRows(node, named, scope, statement) };
    }
    case "JOIN":
      return joinAsTable(node, scope, statement);
    default: {
      // DESCRIBE and SUMMARIZE speak about a query; whatever else there may be is not known.
      const query = queryBelow(node, "query");
      const rows = query === null ? noRows : statement.query(query, scope);
      statement.notes.add(`${textAt(node, "type").toLowerCase()} makes columns of its own`);
      return { path: [], rows: { fields: [], open: [], others: everything(rows) } };
    }
  }
};

const joinAsTable = (node: TreeNode, scope: Scope, statement: Statement): Read => {
  const before = scope.tables.length;
  addJoin(node, scope, statement);
  const tables = scope.tables.splice(before);
  const rows = tables.map((table) => table.rows);
  const others = rows.flatMap((entry) => entry.others ?? []);
  return {
    path: [],
    rows: {
      fields: rows.flatMap(({ fields }) => fields),
      open: rows.flatMap(({ open }) => open),
      others: rows.some((entry) => entry.others !== null) ? others : null,
    },
  };
};

const baseTable = (node: TreeNode, scope: Scope, statement: Statement): Read => {
  const schema = textAt(node, "schema_name");
  const name = textAt(node, "table_name");
  const common = schema === "" ? scope.commonTable(name) : null;
  if (common !== null) return { path: [name], rows: common };
  const path = [textAt(node, "catalog_name"), schema, name].filter((part) => part !== "");
  return { path, rows: inputRows(path.join("."), statement) };
};

const inputRows = (name: string, statement: Statement): Rows => {
  const rows = statement.inputRows(name);
  if (rows === null) statement.notes.add(`${name} is not one of its inputs`);
  return rows ?? noRows;
};

/** Columns of functions whose names are fixed; `unnest` and its like give one column of their own name. */
const functionColumns: Readonly<Record<string, readonly string[]>> = {
  json_each: ["key", "value", "type", "atom", "id", "parent", "fullkey", "path", "rowid"],
  json_tree: ["key", "value", "type", "atom", "id", "parent", "fullkey", "path", "rowid"],
  repeat_row: [],
};

const tableFunction = (node: TreeNode, scope: Scope, statement: Statement): Read => {
  const call = nodeAt(node, "function") ?? {};
  const name = textAt(call, "function_name").toLowerCase();
  const argument = firstText(call);
  if ((name === "ref" || name === "query_table") && argument !== null) {
    return { path: argument.split(".").slice(-1), rows: inputRows(argument, statement) };
  }
  const sources = computed(sourcesOf(call["children"], scope, statement));
  const columns = functionColumns[name] ?? [name];
  if (columns.length === 0) return { path: [name], rows: { fields: [], open: [], others: sources } };
  // A list's length decides how many rows there are.
  addCondition(statement, "filter", sources);
  const fields = columns.map((column) => ({ name: column, sources, named: [] }));
  return { path: [name], rows: { fields, open: [], others: null } };
};

const firstText = (call: TreeNode): string | null => {
  const children = call["children"];
  const first = Array.isArray(children) ? (children as readonly TreeValue[])[0] : undefined;
  if (!isNode(first)) return null;
  if (isNode(first["value"]) && typeof first["value"]["value"] === "string") return first["value"]["value"];
  return Array.isArray(first["column_names"]) ? first["column_names"].join(".") : null;
};

const valueRows = (node: TreeNode, scope: Scope, statement: Statement): Rows => {
  const values = node["values"];
  const lists = Array.isArray(values) ? (values as readonly TreeValue[]) : [];
  const names = textsAt(node, "expected_names");
  const width = Array.isArray(lists[0]) ? lists[0].length : 0;
  const fields = Array.from({ length: width }, (_, at): Field => ({
    name: names[at] ?? `col${at}`,
    sources: distinctSources(
      lists.flatMap((list) => computed(sourcesOf(Array.isArray(list) ? list[at] : undefined, scope, statement))),
    ),
    named: [],
  }));
  return { fields, open: [], others: null };
};

const addJoin = (node: TreeNode, scope: Scope, statement: Statement): void => {
  const first = scope.tables.length;
  addTables(nodeAt(node, "left"), scope, statement);
  const middle = scope.tables.length;
  addTables(nodeAt(node, "right"), scope, statement);
  const type = textAt(node, "join_type");
  const using = textsAt(node, "using_columns");
  const names = node["ref_type"] === "NATURAL" ? commonNames(scope, first, middle, statement) : using;
  for (const name of names) mergeColumn(name, type, { scope, first, middle }, statement, node);
  addCondition(statement, "join", sourcesOf(node["condition"], scope, statement));
  // The other side of these joins only says which rows stay.
  if (type === "SEMI" || type === "ANTI") scope.tables.splice(middle);
};

const commonNames = (scope: Scope, first: number, middle: number, statement: Statement): readonly string[] => {
  const left = scope.tables.slice(first, middle).map(({ rows }) => rows);
  const right = scope.tables.slice(middle).map(({ rows }) => rows);
  if ([...left, ...right].some(isOpen)) statement.notes.add("NATURAL JOIN over columns that are not known yet");
  const names = left.flatMap(({ fields }) => fields.map(({ name }) => name));
  return names.filter((name) => right.some(({ fields }) => fields.some((field) => sameName(field.name, name))));
};

interface JoinedTables {
  readonly scope: Scope;
  readonly first: number;
  readonly middle: number;
}

/** USING makes one column of two: of the side that keeps all its rows, of both where each may be missing. */
const mergeColumn = (
  name: string,
  type: string,
  { scope, first, middle }: JoinedTables,
  statement: Statement,
  node: TreeNode,
): void => {
  const earlier = first === 0 ? scope.joined.get(name.toLowerCase()) : undefined;
  const left =
    earlier ??
    columnOf(
      scope.tables.slice(first, middle).map(({ rows }) => rows),
      name,
    );
  const right = columnOf(
    scope.tables.slice(middle).map(({ rows }) => rows),
    name,
  );
  const named = [...(left?.named ?? []), ...(right?.named ?? [])];
  const both = [...(left?.sources ?? []), ...(right?.sources ?? [])];
  addCondition(statement, "join", both);
  const from = type === "RIGHT" ? right?.sources : left?.sources;
  const isEither = type === "OUTER" || type === "FULL" || type === "FULL OUTER";
  const sources = isEither ? distinctSources(computed(both)) : (from ?? []);
  const keeps = type !== "SEMI" && type !== "ANTI";
  if (keeps) scope.joined.set(name.toLowerCase(), { name: left?.name ?? name, sources, named });
  for (let at = middle; at < scope.tables.length; at++) {
    const table = scope.tables[at]!;
    scope.tables[at] = { ...table, merged: new Set([...table.merged, name.toLowerCase()]) };
  }
  mentionUsing(name, named, node, statement);
};

const columnOf = (tables: readonly Rows[], name: string): Field | null => {
  const listed = tables.find(({ fields }) => fields.some((field) => sameName(field.name, name)));
  if (listed !== undefined) return fieldNamed(listed, name);
  for (const rows of tables) {
    const field = fieldNamed(rows, name);
    if (field !== null) return field;
  }
  return null;
};

/** The tree does not say where USING's names stand: in the list that follows the join. */
const mentionUsing = (name: string, named: Field["named"], node: TreeNode, statement: Statement): void => {
  const { tokens } = statement;
  const start = tokenAt(statement, statement.offsetOf(node["query_location"]));
  if (start < 0) return;
  for (let at = start; at < tokens.length; at++) {
    if (tokens[at]?.value.toLowerCase() !== "using" || tokens[at]?.kind !== "word") continue;
    for (let inner = at + 1; inner < tokens.length && tokens[inner]?.text !== ")"; inner++) {
      const token = tokens[inner]!;
      if (sameName(token.value, name) && token.text !== "(") return addMention(statement, named, token, "using");
    }
  }
};
