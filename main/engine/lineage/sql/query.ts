import { isNode, textAt, type TreeNode, type TreeValue } from "../../duckdb/sql/syntax-tree.ts";
import { ownName, readExpression, sourcesOf } from "./expression.ts";
import { addTables } from "./from.ts";
import {
  computed,
  distinctSources,
  everything,
  type Field,
  noRows,
  type Rows,
  type Source,
  stacked,
  stackedByName,
  withNames,
} from "./rows.ts";
import { Scope } from "./scope.ts";
import { expandStar, hasInnerStar, manyOf } from "./star.ts";
import { addCondition, type Condition, nodeAt, nodesAt, ownAlias, type Statement, textsAt } from "./statement.ts";

/** The rows of any query: a SELECT, a set operation, a recursive one. */
export const readQuery = (node: TreeNode, outer: Scope | null, statement: Statement): Rows => {
  const scope = new Scope(outer);
  defineCommonTables(node, scope, statement);
  switch (node["type"]) {
    case "SELECT_NODE":
      return readSelect(node, scope, statement);
    case "SET_OPERATION_NODE":
      return readSetOperation(node, scope, statement);
    case "RECURSIVE_CTE_NODE":
      return readRecursive(node, scope, statement);
    case "CTE_NODE": {
      const query = nodeAt(node, "query");
      const child = nodeAt(node, "child");
      if (query !== null) scope.define(textAt(node, "cte_name"), readQuery(query, scope, statement));
      return child === null ? noRows : readQuery(child, scope, statement);
    }
    default:
      statement.notes.add(`${textAt(node, "type").toLowerCase()} is not understood`);
      return noRows;
  }
};

const defineCommonTables = (node: TreeNode, scope: Scope, statement: Statement): void => {
  const map = nodeAt(node, "cte_map");
  for (const entry of map === null ? [] : nodesAt(map, "map")) {
    const value = nodeAt(entry, "value");
    const wrapped = value === null ? null : nodeAt(value, "query");
    const query = wrapped === null ? null : (nodeAt(wrapped, "node") ?? wrapped);
    if (value === null || query === null) continue;
    scope.define(textAt(entry, "key"), withNames(readQuery(query, scope, statement), textsAt(value, "aliases")));
  }
};

const readSelect = (node: TreeNode, scope: Scope, statement: Statement): Rows => {
  addTables(nodeAt(node, "from_table"), scope, statement);
  const items = nodesAt(node, "select_list");
  const isOutermost = node === statement.outermost;
  const parts = items.map((item) => readItem(item, scope, statement, isOutermost));
  const rows = {
    fields: parts.flatMap(({ fields }) => fields),
    open: [...new Set(parts.flatMap(({ open }) => open))],
    others: parts.some(({ others }) => others !== null)
      ? distinctSources(parts.flatMap(({ others }) => others ?? []))
      : null,
  };
  const condition = (why: Condition, key: string): void =>
    addCondition(statement, why, positional(node[key], rows, scope, statement));
  condition("filter", "where_clause");
  condition("group", "group_expressions");
  condition("filter", "having");
  condition("filter", "qualify");
  if (node["aggregate_handling"] === "FORCE_AGGREGATES") {
    for (const [at, item] of items.entries()) {
      if (!hasAggregate(item)) addCondition(statement, "group", everything(parts[at] ?? noRows));
    }
  }
  readModifiers(node, rows, scope, statement);
  return rows;
};

const readItem = (item: TreeNode, scope: Scope, statement: Statement, isOutermost: boolean): Rows => {
  if (item["class"] === "STAR") return expandStar(item, scope, statement);
  if (hasInnerStar(item)) return manyOf(item, scope, statement);
  const { sources, field } = readExpression(item, scope, statement);
  // A list's length decides how many rows there are.
  if (callsUnnest(item)) addCondition(statement, "filter", sources);
  const name = ownName(item);
  const isBare = textAt(item, "alias") === "" && field !== null;
  const own: Field = { name, sources, named: isBare ? field.named : [] };
  if (textAt(item, "alias") !== "") {
    const named = isOutermost ? [{ input: ownAlias, column: name }] : [];
    scope.aliases.set(name.toLowerCase(), { ...own, named });
  }
  return { fields: [own], open: [], others: null };
};

/** `1` in ORDER BY and GROUP BY is the first item of the select list; an alias comes before a column there. */
const positional = (
  value: TreeValue | undefined,
  rows: Rows,
  scope: Scope,
  statement: Statement,
): readonly Source[] => {
  const list = Array.isArray(value) ? (value as readonly TreeValue[]) : [value];
  return list.flatMap((entry) => {
    const constant = isNode(entry) && entry["class"] === "CONSTANT" && isNode(entry["value"]) ? entry["value"] : null;
    if (constant !== null && typeof constant["value"] === "number") {
      return rows.fields[constant["value"] - 1]?.sources ?? [];
    }
    return sourcesOf(entry, scope, statement);
  });
};

const readModifiers = (node: TreeNode, rows: Rows, scope: Scope, statement: Statement): void => {
  const modifiers = nodesAt(node, "modifiers");
  // Which row a DISTINCT ON keeps, and which rows a LIMIT does, is for the order to say.
  const decides = modifiers.some(
    (modifier) => textAt(modifier, "type").startsWith("LIMIT") || nodesAt(modifier, "distinct_on_targets").length > 0,
  );
  for (const modifier of modifiers) {
    if (modifier["type"] === "ORDER_MODIFIER") {
      const orders = nodesAt(modifier, "orders").map(({ expression }) => expression);
      const isAll = orders.some((order) => isNode(order) && order["class"] === "STAR");
      const sources = isAll
        ? everything(rows)
        : orders.flatMap((order) => positional([order ?? null], rows, scope, statement));
      // Otherwise the order changes no value and no row.
      addCondition(statement, decides ? "filter" : "order", sources);
    } else if (modifier["type"] === "DISTINCT_MODIFIER") {
      const on = nodesAt(modifier, "distinct_on_targets");
      addCondition(statement, "distinct", on.length > 0 ? positional(on, rows, scope, statement) : everything(rows));
    } else {
      addCondition(statement, "filter", computed(sourcesOf(Object.values(modifier).filter(isNode), scope, statement)));
    }
  }
};

const readSetOperation = (node: TreeNode, scope: Scope, statement: Statement): Rows => {
  const listed = nodesAt(node, "children");
  const children = listed.length > 0 ? listed : [nodeAt(node, "left"), nodeAt(node, "right")].filter(isNode);
  const [first = noRows, ...rest] = children.map((child) => readQuery(child, scope, statement));
  const type = textAt(node, "setop_type");
  if (type === "EXCEPT" || type === "INTERSECT") {
    // The left side's rows stay or go by what both sides hold.
    for (const rows of [first, ...rest]) addCondition(statement, "filter", everything(rows));
    return first;
  }
  const stack = type === "UNION_BY_NAME" ? stackedByName : stacked;
  const rows = rest.reduce(stack, first);
  if (node["setop_all"] !== true) addCondition(statement, "distinct", everything(rows));
  // An ORDER BY behind a UNION names its columns.
  const own = (field: Field): Field => ({ ...field, named: [{ input: ownAlias, column: field.name }] });
  const shown = node === statement.outermost ? { ...rows, fields: rows.fields.map(own) } : rows;
  scope.tables.push({ path: [], rows: shown, merged: new Set() });
  readModifiers(node, rows, scope, statement);
  return rows;
};

/** More rounds than a chain of columns that a recursive query passes on can have. */
const mostRounds = 20;

/** A recursive query reads itself: round after round until its columns are made of nothing new. */
const readRecursive = (node: TreeNode, scope: Scope, statement: Statement): Rows => {
  const left = nodeAt(node, "left");
  const right = nodeAt(node, "right");
  let rows = left === null ? noRows : withNames(readQuery(left, scope, statement), textsAt(node, "aliases"));
  if (right === null) return rows;
  for (let round = 0; round < mostRounds; round++) {
    const inner = new Scope(scope);
    inner.define(textAt(node, "cte_name"), rows);
    const next = stacked(rows, readQuery(right, inner, statement));
    const isDone = JSON.stringify(next) === JSON.stringify(rows);
    rows = next;
    if (isDone) break;
  }
  if (node["union_all"] !== true) addCondition(statement, "distinct", everything(rows));
  return rows;
};

const aggregateNames = new Set(
  `any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_min arg_min_null
  argmax argmin array_agg avg bit_and bit_or bit_xor bitstring_agg bool_and bool_or corr count count_if count_star
  countif covar_pop covar_samp entropy favg first fsum geomean geometric_mean group_concat histogram histogram_exact
  json_group_array json_group_object kurtosis kurtosis_pop last list listagg mad map_agg max max_by mean median min
  min_by mode product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2
  regr_slope regr_sxx regr_sxy regr_syy reservoir_quantile sem skewness stddev stddev_pop stddev_samp string_agg sum
  sum_no_overflow sumkahan var_pop var_samp variance`.split(/\s+/),
);

const callsUnnest = (node: TreeNode): boolean =>
  node["class"] === "FUNCTION" && ["unnest", "unlist"].includes(textAt(node, "function_name").toLowerCase());

/** Whether GROUP BY ALL takes an item for an aggregate rather than for something to group by. */
const hasAggregate = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(hasAggregate);
  if (typeof value !== "object" || value === null) return false;
  const node = value as TreeNode;
  if (node["class"] === "FUNCTION" && aggregateNames.has(textAt(node, "function_name").toLowerCase())) return true;
  return Object.values(node).some(hasAggregate);
};
