// Values that PostgreSQL cannot hold, found in the parquet file and shown with their column and row.

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { numberedScan, parquetScan } from "../parquet-scan.ts";
import type { StageColumn } from "./column-types.ts";
import { askDuckdb, type WriteJob } from "./job.ts";

interface Condition {
  readonly column: StageColumn;
  readonly sql: string;
  readonly why: string;
}

const whyUnfit = (column: StageColumn): string => {
  if (column.from.includes("_NS"))
    return "PostgreSQL counts microseconds and would cut the rest; cast it to TIMESTAMP to allow that";
  return `PostgreSQL's ${column.type} does not reach that far`;
};

const zeroByte = "PostgreSQL's text cannot hold a zero byte";

const silentConditions = (job: WriteJob): readonly Condition[] =>
  job.columns.flatMap((column) =>
    column.unfit === null ? [] : [{ column, sql: column.unfit, why: whyUnfit(column) }],
  );

const textConditions = (job: WriteJob): readonly Condition[] =>
  job.columns.flatMap((column): readonly Condition[] => {
    if (column.type === "text") return [{ column, sql: `contains(${column.value}, chr(0))`, why: zeroByte }];
    if (column.type === "text[]") {
      return [{ column, sql: `contains(array_to_string(${column.value}, ''), chr(0))`, why: zeroByte }];
    }
    if (column.type !== "jsonb") return [];
    const json = `CAST(${column.value} AS VARCHAR)`;
    return [
      { column, sql: `regexp_matches(${json}, '(^|[^\\\\])(\\\\\\\\)*\\\\u0000')`, why: zeroByte },
      // Quoted text is taken out first: only a bare NaN or Infinity is a number.
      {
        column,
        sql: `regexp_matches(regexp_replace(${json}, '"([^"\\\\]|\\\\.)*"', '', 'g'), 'NaN|Infinity')`,
        why: "JSON has no NaN and no infinity",
      },
    ];
  });

/** Throws `value_not_representable` for the first value that meets a condition. */
const refuse = async (job: WriteJob, conditions: readonly Condition[]): Promise<void> => {
  if (conditions.length === 0) return;
  const { file, node } = job.source;
  const counts = conditions.map(({ sql }) => `count(*) FILTER (WHERE ${sql})`).join(", ");
  const found = await askDuckdb(job, [{ sql: `SELECT ${counts} FROM ${parquetScan(file)}` }]);
  const at = (found.rows[0] ?? []).findIndex((count) => count !== "0");
  const condition = conditions[at];
  if (condition === undefined) return;
  const { column, sql, why } = condition;
  const shown = `left(CAST(${column.value} AS VARCHAR), 60)`;
  const example = await askDuckdb(job, [
    { sql: `SELECT file_row_number + 1, ${shown} FROM ${numberedScan(file)} WHERE ${sql} ORDER BY 1 LIMIT 1` },
  ]);
  const [row, value] = example.rows[0] ?? [];
  throw new ExecutorExecutionError("value_not_representable", {
    node,
    params: {
      column: column.name,
      row: Number(row),
      value: JSON.stringify(value ?? ""),
      rows: Number(found.rows[0]?.[at]),
      type: column.from,
      why,
    },
  });
};

/** Values that would change without a word on the way; looked for before every load. */
export const refuseSilentLosses = (job: WriteJob): Promise<void> => refuse(job, silentConditions(job));

/** Values that make a load fail with an error that names no row; looked for after a load has failed. */
export const explainFailedLoad = (job: WriteJob): Promise<void> => refuse(job, textConditions(job));
