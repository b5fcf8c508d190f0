import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import { pointInTimeSql, resolveTrainingSet, type TrainingSet, withRepeats } from "../features/index.ts";
import type { ExecutionContext, NodeOutput } from "./executor.ts";

/** Joins the features of `point_in_time` to the rows of its spine, as they were at each row's time. */
export const executeTrainingSet = async (
  node: PipelineNode<"transform">,
  set: TrainingSet,
  context: ExecutionContext,
): Promise<NodeOutput> => {
  await checkExpressions(set, context);
  const { inputs, duckdb, signal } = context;
  const resolved = await withRepeats(resolveTrainingSet(set, inputs), node.id, inputs, duckdb, signal);
  const sql = pointInTimeSql(resolved);
  const { memory, threads } = node.config.resources ?? {};
  const limits = memory === undefined && threads === undefined ? undefined : { memory, threads };
  const job = { node: node.id, sql, inputs: context.inputs, params: {}, limits };
  const file = context.output;
  const written = await context.duckdb.writeParquet(job, file, context.signal);
  const { rows, columns, hash, memoryMb, cpuSeconds } = written;
  const groups = [...new Set(set.joins.map(({ group }) => group.id))];
  return {
    file,
    rows,
    columns,
    hash,
    metrics: { memoryMb, cpuSeconds },
    metadata: { spine: set.spine, feature_groups: groups },
  };
};

/** An on-demand feature is one expression, and gives the same on each run. Throws `feature_expression_invalid`. */
export const checkExpressions = async (set: TrainingSet, context: Pick<ExecutionContext, "duckdb">): Promise<void> => {
  const asked = set.joins.flatMap(({ group }) => group.onDemand.map((feature) => ({ group: group.id, ...feature })));
  if (asked.length === 0) return;
  const found = await context.duckdb.analyze(asked.map(({ expression }) => `select (${expression}\n) as x`));
  found.forEach(({ error, references, volatile, columnNames }, at) => {
    const { group, name, expression } = asked[at]!;
    const detail =
      error?.detail ??
      (references.length > 0 ? "it reads a table" : null) ??
      (columnNames?.length === 1 ? null : "it is more than one expression") ??
      (volatile.length > 0 ? `${volatile.join(", ")} gives another value on each run` : null);
    if (detail === null) return;
    throw new ExecutorExecutionError("feature_expression_invalid", {
      node: set.node,
      params: { node: group, column: name, expression, detail },
    });
  });
};
