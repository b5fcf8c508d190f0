// What the node declares against what arrives: missing, extra and other names are errors that name the column.

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { suggestion } from "../../../shared/graph/nearest.ts";
import type { DeclaredColumn, SourcePlan } from "./connector.ts";

/** A column of the result: its name, the type that the node asks for, and its place in what arrives. */
export interface MatchedColumn extends DeclaredColumn {
  readonly from: number;
}

const same = (name: string) => (other: string) => other.toLowerCase() === name.toLowerCase();

const typeOf = (plan: SourcePlan, name: string): string | null =>
  Object.entries(plan.types).find(([column]) => same(name)(column))?.[1] ?? null;

/** `params.types` may only name columns that are there. */
const checkTypes = (plan: SourcePlan, where: string, arrived: readonly string[]): void => {
  const unknown = Object.keys(plan.types).find((column) => !arrived.some(same(column)));
  if (unknown === undefined) return;
  throw new ExecutorExecutionError("source_column_missing", {
    node: plan.node,
    params: { path: where, column: unknown, node: plan.node, suggestion: suggestion(unknown, arrived) },
  });
};

/**
 * The result's columns, in the declared order where there is one. `where` names the file or table.
 * Throws `source_column_missing`, `source_column_extra`.
 */
export const matchColumns = (plan: SourcePlan, where: string, arrived: readonly string[]): readonly MatchedColumn[] => {
  checkTypes(plan, where, arrived);
  if (plan.columns === null) return arrived.map((name, from) => ({ name, type: typeOf(plan, name), from }));
  const columns = plan.columns.map(({ name, type }) => {
    const from = arrived.findIndex(same(name));
    if (from >= 0) return { name, type: typeOf(plan, name) ?? type, from };
    const params = { path: where, column: name, node: plan.node, suggestion: suggestion(name, arrived) };
    throw new ExecutorExecutionError("source_column_missing", { node: plan.node, params });
  });
  const extra = arrived.find((_name, at) => !columns.some(({ from }) => from === at));
  if (extra === undefined) return columns;
  const params = { path: where, column: extra, node: plan.node };
  throw new ExecutorExecutionError("source_column_extra", { node: plan.node, params });
};
