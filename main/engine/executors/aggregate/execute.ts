import { join } from "node:path";

import type { WrittenParquet } from "../../duckdb/sql-host.ts";
import { type AggregationNode, runParameters } from "../../windows/index.ts";
import type { ExecutionContext, ExtraOutput, NodeOutput } from "../executor.ts";
import { checkColumns } from "./check-columns.ts";
import { checkFilters } from "./check-filters.ts";
import type { AggregationPlan } from "./plan.ts";
import { rowsOf } from "./rows.ts";

/** Runs a plan's SELECTs, one for each table. */
export const executeAggregation = async (
  node: AggregationNode,
  plan: AggregationPlan,
  context: ExecutionContext,
): Promise<NodeOutput> => {
  const rows = await rowsOf(node, context);
  checkColumns(node, plan, rows);
  const params = { ...runParameters(context.interval), ...context.project.settings.vars, ...node.config.params };
  await checkFilters(node, plan.filters, rows.events, params, context);

  const inputs = [rows.events, rows.spine];
  const { memory, threads } = node.config.resources ?? {};
  const limits = memory === undefined && threads === undefined ? undefined : { memory, threads };
  const written: (WrittenParquet & { readonly name: string | null; readonly file: string })[] = [];
  for (const { name, sql } of plan.tables) {
    context.progress(name === null ? "aggregating" : `aggregating ${name}`);
    const file = name === null ? context.output : join(context.scratch, `${name}.table.parquet`);
    const job = { node: node.id, sql, inputs, params, limits };
    written.push({ name, file, ...(await context.duckdb.writeParquet(job, file, context.signal)) });
  }
  return outputOf(plan, written);
};

const outputOf = (
  plan: AggregationPlan,
  written: readonly (WrittenParquet & { readonly name: string | null; readonly file: string })[],
): NodeOutput => {
  const [main, ...others] = written;
  if (main === undefined) throw new TypeError("an aggregation has a main table");
  const extra = others.map(({ name, file, rows, columns, hash }): ExtraOutput => ({
    name: name ?? "",
    file,
    rows,
    columns,
    hash,
  }));
  const { file, rows, columns, hash } = main;
  return {
    file,
    rows,
    columns,
    hash,
    extra,
    metrics: { memoryMb: largest(written), cpuSeconds: summed(written) },
    metadata: { mode: plan.mode, tables: others.map(({ name }) => name) },
  };
};

const largest = (written: readonly WrittenParquet[]): number | null =>
  written.reduce<number | null>(
    (most, { memoryMb }) => (memoryMb === null ? most : Math.max(most ?? 0, memoryMb)),
    null,
  );

const summed = (written: readonly WrittenParquet[]): number | null =>
  written.reduce<number | null>((sum, { cpuSeconds }) => (cpuSeconds === null ? sum : (sum ?? 0) + cpuSeconds), null);
