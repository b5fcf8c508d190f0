// Whether a source's data is recent enough, by its newest row or its file's time.

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { suggestion } from "../../../shared/graph/nearest.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import type { ExecutionContext } from "../executors/executor.ts";
import type { SourceRead } from "./connector.ts";
import { queryRows } from "./run-sql.ts";

const units: readonly (readonly [number, string])[] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** Seconds in the largest unit that says something, e.g. `3 days`. */
const inWords = (seconds: number): string => {
  const [size, unit] = units.find(([length]) => seconds >= length) ?? [1, "second"];
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
};

/** Milliseconds since 1970 of the newest row, `null` when there is none. */
const newestRow = async (
  node: PipelineNode<"source">,
  column: string,
  read: SourceRead,
  context: ExecutionContext,
): Promise<number | null> => {
  if (!read.columns.some(({ name }) => name.toLowerCase() === column.toLowerCase())) {
    const params = {
      path: node.id,
      column,
      node: node.id,
      suggestion: suggestion(
        column,
        read.columns.map(({ name }) => name),
      ),
    };
    throw new ExecutorExecutionError("source_column_missing", { node: node.id, params });
  }
  const sql = `select epoch_ms(max(cast(${quoted(column)} as timestamp))) from read_parquet(${literal(read.file)})`;
  const [row] = await queryRows(node.id, sql, context);
  const text = row?.[0] ?? null;
  return text === null ? null : Number(text);
};

/** Warnings for a source older than `warn_after`; throws `source_stale` beyond `error_after`. */
export const checkFreshness = async (
  node: PipelineNode<"source">,
  read: SourceRead,
  context: ExecutionContext,
): Promise<readonly string[]> => {
  const { freshness } = node.config;
  if (freshness === undefined) return [];
  const { warn_after: warnAfter, error_after: errorAfter, time_column: column } = freshness;
  const newest = column === undefined ? read.modified : await newestRow(node, column, read, context);
  if (newest === null) return [`${node.id} has no row that tells how fresh it is`];
  const age = (Date.now() - newest) / 1000;
  const params = { node: node.id, newest: new Date(newest).toISOString(), age: inWords(age) };
  if (errorAfter !== undefined && age > errorAfter) {
    throw new ExecutorExecutionError("source_stale", {
      node: node.id,
      params: { ...params, limit: inWords(errorAfter) },
    });
  }
  if (warnAfter === undefined || age <= warnAfter) return [];
  return [`${node.id} is ${params.age} old (newest data: ${params.newest}); the limit is ${inWords(warnAfter)}`];
};
