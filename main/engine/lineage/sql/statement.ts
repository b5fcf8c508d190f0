import { textAt, isNode, type TreeNode, type TreeValue } from "../../duckdb/sql/syntax-tree.ts";
import type { Token } from "../../duckdb/sql/lexer.ts";
import type { InputColumn, Rows, Source } from "./rows.ts";
import type { Scope } from "./scope.ts";

/**
 * Why a column matters without being part of a value: it decides which rows there are, or their order; a rule checks
 * it; an exposure hands it out.
 */
export type Condition = "filter" | "join" | "group" | "distinct" | "order" | "checked" | "exposed";

export interface ConditionUse extends Source {
  readonly why: Condition;
}

/** A place of the text that names an input's column. */
export interface Mention extends InputColumn {
  /** Offsets in the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** What a rename has to be careful about; `null` where the name can simply be replaced. */
  readonly by: "using" | "star" | "pivot" | null;
}

/** Stands for the statement itself in a mention of one of its own aliases. */
export const ownAlias = "(alias)";

/** What is asked of one statement while it is walked, and what has been found so far. */
export interface Statement {
  readonly tokens: readonly Token[];
  readonly offsetOf: (bytes: TreeValue | undefined) => number | null;
  /** The columns of the table that a name in the text stands for; `null` for no input. */
  readonly inputRows: (name: string) => Rows | null;
  readonly mentions: Map<string, Mention>;
  /** The query whose columns are the result's. */
  readonly outermost: TreeNode;
  /** Things whose columns cannot be told, in words. */
  readonly notes: Set<string>;
  /** Where conditions go: the whole statement's, or those of a subquery inside an expression. */
  conditions: ConditionUse[];
  /** The rows of a query node (SELECT, UNION, …) inside `outer`. */
  query(node: TreeNode, outer: Scope | null): Rows;
}

export const nodesAt = (node: TreeNode, key: string): readonly TreeNode[] => {
  const value = node[key];
  return Array.isArray(value) ? (value as readonly TreeValue[]).filter(isNode) : [];
};

export const textsAt = (node: TreeNode, key: string): readonly string[] => {
  const value = node[key];
  if (!Array.isArray(value)) return [];
  return (value as readonly TreeValue[]).map((entry) => {
    if (isNode(entry)) return textAt(entry, "column");
    return typeof entry === "string" ? entry : "";
  });
};

export const nodeAt = (node: TreeNode, key: string): TreeNode | null => {
  const value = node[key];
  return isNode(value) ? value : null;
};

/** The query below `subquery`, which DuckDB wraps once more. */
export const queryBelow = (node: TreeNode, key: string): TreeNode | null => {
  const wrapped = nodeAt(node, key);
  return wrapped === null ? null : (nodeAt(wrapped, "node") ?? wrapped);
};

export const addCondition = (statement: Statement, why: Condition, sources: readonly Source[]): void => {
  for (const source of sources) statement.conditions.push({ ...source, why });
};

export const addMention = (
  statement: Statement,
  named: readonly InputColumn[],
  token: Token,
  by: Mention["by"],
): void => {
  for (const { input, column } of named) {
    const { start, end } = token;
    statement.mentions.set(`${start} ${input} ${column.toLowerCase()}`, { input, column, start, end, by });
  }
};

/** Index of the token that begins at an offset; -1 when there is none. */
export const tokenAt = ({ tokens }: Statement, offset: number | null): number => {
  if (offset === null) return -1;
  let low = 0;
  let high = tokens.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const start = tokens[middle]?.start ?? 0;
    if (start === offset) return middle;
    if (start < offset) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
};
