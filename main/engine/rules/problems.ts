import { ExecutorExecutionError, HeadraceError } from "../../../shared/errors/index.ts";
import { suggestion, type PipelineNode } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { Check } from "./check.ts";
import type { ProbedCheck } from "./scan.ts";

/** Says which check looks at a column that is not there. */
export const refuseMissingColumns = (node: PipelineNode, probed: readonly ProbedCheck[], checked: Relation): void => {
  const known = new Set(checked.columns.map(({ name }) => name.toLowerCase()));
  for (const { check, probe } of probed) {
    const column = probe.columns.find((name) => !known.has(name.toLowerCase()));
    if (column === undefined) continue;
    const names = checked.columns.map(({ name }) => name);
    throw new ExecutorExecutionError("check_column_missing", {
      node: node.id,
      location: node.location,
      params: { node: node.id, rule: check.id, column, input: checked.id, known: names },
      next: `${suggestion(column, names)} Columns: ${names.join(", ")}.`,
    });
  }
};

/** Says which check compares with a table that is not there. */
export const refuseMissingInputs = (
  node: PipelineNode,
  probed: readonly ProbedCheck[],
  inputs: readonly Relation[],
): void => {
  for (const { check } of probed) {
    const to = check.type === "relationships" ? (check as Check<"relationships">).spec.to : null;
    if (to === null || inputs.some(({ id }) => id === to)) continue;
    throw new ExecutorExecutionError("check_input_missing", {
      node: node.id,
      location: node.location,
      params: { node: node.id, rule: check.id, input: to },
    });
  }
};

/** Errors that no other way of asking would avoid. */
const notTheChecks: ReadonlySet<string> = new Set([
  "cancelled",
  "internal_error",
  "sql_host_lost",
  "sql_out_of_memory",
  "sql_input_unreadable",
]);

/** Whether an error may be one check's own. */
export const isChecksOwn = (thrown: unknown): thrown is HeadraceError =>
  thrown instanceof HeadraceError && !notTheChecks.has(thrown.code);

export const checkFailed = (
  node: PipelineNode,
  check: Check,
  checked: Relation,
  cause: HeadraceError,
): ExecutorExecutionError => {
  const { detail } = cause.params;
  const text = typeof detail === "string" ? detail : cause.message;
  const params = { node: node.id, rule: check.id, input: checked.id, detail: text };
  return new ExecutorExecutionError("check_failed", { node: node.id, location: node.location, params }, { cause });
};
