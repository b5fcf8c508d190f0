import { isNode, textAt, type TreeNode, type TreeValue } from "../../duckdb/sql/syntax-tree.ts";
import { computed, distinctSources, everything, type Field, type Source } from "./rows.ts";
import { Scope } from "./scope.ts";
import { addMention, queryBelow, type Statement, tokenAt } from "./statement.ts";

/** Functions whose `->` argument is a lambda; elsewhere the arrow reads JSON. */
const takesLambda = /^(?:list|array)_(?:transform|apply|filter|reduce)$|^(?:apply|filter|reduce)$/;

/** An expression: what it is made of, and the column it simply is, if it is one. */
export interface Expression {
  readonly sources: readonly Source[];
  readonly field: Field | null;
}

/** Everything that the value of an expression depends on. */
export const readExpression = (node: TreeNode, scope: Scope, statement: Statement): Expression => {
  if (node["class"] === "COLUMN_REF") {
    const { field, isWhole } = columnReference(node, scope, statement);
    if (field === null) return { sources: [], field: null };
    return isWhole ? { sources: field.sources, field } : { sources: computed(field.sources), field: null };
  }
  const found: Source[] = [];
  walk(node, scope, statement, found);
  return { sources: distinctSources(computed(found)), field: null };
};

/** Sources of anything in the tree: an expression, a list of them, or nothing. */
export const sourcesOf = (value: TreeValue | undefined, scope: Scope, statement: Statement): readonly Source[] => {
  const found: Source[] = [];
  walk(value, scope, statement, found);
  return distinctSources(found);
};

const walk = (value: TreeValue | undefined, scope: Scope, statement: Statement, found: Source[]): void => {
  if (Array.isArray(value)) {
    for (const item of value as readonly TreeValue[]) walk(item, scope, statement, found);
    return;
  }
  if (!isNode(value)) return;
  switch (value["class"]) {
    case "COLUMN_REF":
      found.push(...(columnReference(value, scope, statement).field?.sources ?? []));
      return;
    case "STAR":
      for (const { rows } of scope.tables) found.push(...everything(rows));
      walk(value["expr"], scope, statement, found);
      return;
    case "POSITIONAL_REFERENCE": {
      const fields = scope.tables.flatMap(({ rows }) => rows.fields);
      found.push(...(fields[Number(value["index"]) - 1]?.sources ?? []));
      return;
    }
    case "SUBQUERY":
      walk(value["child"], scope, statement, found);
      found.push(...subquery(value, scope, statement));
      return;
    case "FUNCTION":
      functionCall(value, scope, statement, found);
      return;
    default:
      for (const child of Object.values(value)) walk(child, scope, statement, found);
  }
};

const functionCall = (call: TreeNode, scope: Scope, statement: Statement, found: Source[]): void => {
  const isLambda = takesLambda.test(textAt(call, "function_name").toLowerCase());
  const children = call["children"];
  for (const child of Array.isArray(children) ? (children as readonly TreeValue[]) : []) {
    const inner = isLambda && isNode(child) && child["class"] === "LAMBDA" ? lambdaScope(child, scope) : null;
    if (inner !== null && isNode(child)) walk(child["expr"], inner, statement, found);
    else walk(child, scope, statement, found);
  }
  for (const [key, child] of Object.entries(call)) if (key !== "children") walk(child, scope, statement, found);
};

const lambdaScope = (lambda: TreeNode, scope: Scope): Scope => {
  const names = new Set<string>();
  const collect = (value: TreeValue | undefined): void => {
    if (Array.isArray(value)) for (const item of value as readonly TreeValue[]) collect(item);
    if (!isNode(value)) return;
    if (value["class"] === "COLUMN_REF") names.add(String(pathOf(value)[0]).toLowerCase());
    else collect(value["children"]);
  };
  collect(lambda["lhs"]);
  return new Scope(scope, names);
};

/** A subquery in an expression: its rows and whatever chooses them decide the value. */
const subquery = (node: TreeNode, scope: Scope, statement: Statement): readonly Source[] => {
  const query = queryBelow(node, "subquery");
  if (query === null) return [];
  const outside = statement.conditions;
  statement.conditions = [];
  try {
    const rows = statement.query(query, scope);
    return [
      ...everything(rows),
      ...computed(statement.conditions.map(({ input, column, use }) => ({ input, column, use }))),
    ];
  } finally {
    statement.conditions = outside;
  }
};

const pathOf = (node: TreeNode): readonly string[] => {
  const path = node["column_names"];
  return Array.isArray(path) ? path.map(String) : [];
};

/** What a reference names; `isWhole` is false for a field of a struct. */
const columnReference = (
  node: TreeNode,
  scope: Scope,
  statement: Statement,
): { readonly field: Field | null; readonly isWhole: boolean } => {
  const path = pathOf(node);
  const found = scope.find(path);
  if (found === null) return { field: null, isWhole: true };
  mention(node, path, found.part, found.field, statement);
  return { field: found.field, isWhole: found.part === -1 || found.part === path.length - 1 };
};

const mention = (node: TreeNode, path: readonly string[], part: number, field: Field, statement: Statement): void => {
  if (part < 0 || field.named.length === 0) return;
  const first = tokenAt(statement, statement.offsetOf(node["query_location"]));
  // Between two parts of a path stands a dot.
  const token = first < 0 ? undefined : statement.tokens[first + 2 * part];
  if (token !== undefined && token.value.toLowerCase() === path[part]?.toLowerCase()) {
    addMention(statement, field.named, token, null);
  }
};

/** The name DuckDB gives an item without an alias, where that is plain; empty otherwise. */
export const ownName = (node: TreeNode): string => {
  const alias = textAt(node, "alias");
  if (alias !== "") return alias;
  if (node["class"] === "COLUMN_REF") return pathOf(node).at(-1) ?? "";
  return node["class"] === "FUNCTION" && textAt(node, "function_name") === "count_star" ? "count_star()" : "";
};
