// Which rows of a result are written now, and which stretch of time they cover.

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { literal } from "../../duckdb/sql/identifiers.ts";
import { numberedScan, parquetScan } from "../parquet-scan.ts";
import type { StageColumn } from "./column-types.ts";
import { askDuckdb, type WriteJob } from "./job.ts";
import type { LedgerEntry, TimeInterval } from "./ledger.ts";

export interface Batch {
  /** A DuckDB condition on the parquet's rows; `null` takes all. */
  readonly where: string | null;
  readonly rows: number;
  /** What the rows cover (append, full), or what is rewritten (incremental_by_time). */
  readonly interval: TimeInterval | null;
}

/** The whole result; with a time column the ledger learns what it covers. */
export const wholeBatch = async (job: WriteJob): Promise<Batch> => {
  const { rows } = job.source;
  if (job.time === null || rows === 0) return { where: null, rows, interval: null };
  const { from, to } = await extent(job, job.time, null);
  return { where: null, rows, interval: from === null || to === null ? null : { from, to, toIncluded: true } };
};

/** The rows of a time-based append that no earlier batch of this node delivered. */
export const undeliveredBatch = async (
  job: WriteJob,
  time: StageColumn,
  earlier: readonly LedgerEntry[],
): Promise<Batch> => {
  await refuseMissingTimes(job, time);
  const delivered = earlier.flatMap((entry) => (entry.batch === null ? [] : [entry.batch]));
  const given = await givenInterval(job);
  const inside = delivered.map((interval) => within(time, interval));
  const conditions = [
    ...(given === null ? [] : [within(time, given)]),
    ...(inside.length === 0 ? [] : [`NOT (${inside.join(" OR ")})`]),
  ];
  const where = conditions.length === 0 ? null : conditions.join(" AND ");
  const { rows, from, to } = await extent(job, time, where);
  await tellLateRows(job, time, earlier);
  if (given !== null && rows > 0) return { where, rows, interval: given };
  return { where, rows, interval: from === null || to === null ? null : { from, to, toIncluded: true } };
};

/** The stretch that `incremental_by_time` rewrites. Throws `rows_outside_interval`. */
export const rewrittenBatch = async (job: WriteJob, time: StageColumn): Promise<Batch> => {
  await refuseMissingTimes(job, time);
  const given = await givenInterval(job);
  if (given !== null) {
    await refuseOutside(job, time, given);
    return { where: null, rows: job.source.rows, interval: given };
  }
  const { rows, from, to } = await extent(job, time, null);
  return { where: null, rows, interval: from === null || to === null ? null : { from, to, toIncluded: true } };
};

/** A DuckDB expression of the column as a UTC wall-clock time. */
const utc = (time: StageColumn): string =>
  time.type === "timestamp with time zone" ? `(${time.value} AT TIME ZONE 'UTC')` : `CAST(${time.value} AS TIMESTAMP)`;

/** DuckDB writes `0044-03-15 (BC) 00:00:00`, PostgreSQL `0044-03-15 00:00:00 BC`. */
const toPostgres = (text: string): string => (text.includes(" (BC)") ? `${text.replace(" (BC)", "")} BC` : text);
const toDuckdb = (text: string): string => (text.endsWith(" BC") ? text.slice(0, -3).replace(" ", " (BC) ") : text);

const within = (time: StageColumn, { from, to, toIncluded }: TimeInterval): string => {
  const at = utc(time);
  const bound = (text: string): string => `CAST(${literal(toDuckdb(text))} AS TIMESTAMP)`;
  return `(${at} >= ${bound(from)} AND ${at} ${toIncluded ? "<=" : "<"} ${bound(to)})`;
};

interface Extent {
  readonly rows: number;
  /** Earliest time less the lookback of an incremental write. */
  readonly from: string | null;
  readonly to: string | null;
}

const extent = async (job: WriteJob, time: StageColumn, where: string | null): Promise<Extent> => {
  const lookback = job.options.mode === "incremental_by_time" ? (job.options.lookback ?? 0) : 0;
  const earliest = lookback === 0 ? `min(${utc(time)})` : `min(${utc(time)}) - to_seconds(${lookback})`;
  const sql = `SELECT count(*), CAST(${earliest} AS VARCHAR), CAST(max(${utc(time)}) AS VARCHAR) FROM ${parquetScan(job.source.file)}`;
  const [rows, from, to] =
    (await askDuckdb(job, [{ sql: where === null ? sql : `${sql} WHERE ${where}` }])).rows[0] ?? [];
  const text = (value: string | null | undefined): string | null =>
    typeof value === "string" ? toPostgres(value) : null;
  return { rows: Number(rows), from: text(from), to: text(to) };
};

/** The run's `--start` and `--end` in UTC, the end left out; an open side is infinite. `null` when neither was given. */
const givenInterval = async (job: WriteJob): Promise<TimeInterval | null> => {
  const { start, end } = job.context.interval;
  if (start === null && end === null) return null;
  const bound = (text: string | null, open: string): string =>
    text === null ? literal(open) : `CAST(CAST(${literal(text)} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS VARCHAR)`;
  const sql = `SELECT ${bound(start, "-infinity")}, ${bound(end, "infinity")}`;
  const [from, to] = (await askDuckdb(job, [{ sql }])).rows[0] ?? [];
  return { from: toPostgres(from ?? "-infinity"), to: toPostgres(to ?? "infinity"), toIncluded: end === null };
};

const refuseMissingTimes = async (job: WriteJob, time: StageColumn): Promise<void> => {
  const { file, node } = job.source;
  const sql = `SELECT file_row_number + 1, count(*) OVER () FROM ${numberedScan(file)} WHERE ${time.value} IS NULL ORDER BY 1 LIMIT 5`;
  const { rows } = await askDuckdb(job, [{ sql }]);
  if (rows.length === 0) return;
  throw new ExecutorExecutionError("time_null", {
    node,
    params: { node, column: time.name, count: Number(rows[0]?.[1]), rows: rows.map(([row]) => `row ${row}`) },
  });
};

const refuseOutside = async (job: WriteJob, time: StageColumn, given: TimeInterval): Promise<void> => {
  const { file, node } = job.source;
  const outside = `NOT ${within(time, given)}`;
  const shown = `CAST(${utc(time)} AS VARCHAR)`;
  const sql = `SELECT file_row_number + 1, ${shown}, count(*) OVER () FROM ${numberedScan(file)} WHERE ${outside} ORDER BY 1 LIMIT 5`;
  const { rows } = await askDuckdb(job, [{ sql }]);
  if (rows.length === 0) return;
  throw new ExecutorExecutionError("rows_outside_interval", {
    node,
    params: {
      node,
      column: time.name,
      from: given.from,
      to: given.to,
      count: Number(rows[0]?.[2]),
      rows: rows.map(([row, at]) => `row ${row} at ${at}`),
    },
  });
};

/** Enough to notice; each interval is a condition on every row. */
const watchedIntervals = 100;

/** Rows that appeared inside a stretch that was delivered already would go missing without a word. */
const tellLateRows = async (job: WriteJob, time: StageColumn, earlier: readonly LedgerEntry[]): Promise<void> => {
  const watched = earlier
    .flatMap(({ batch, counts }) => (batch === null ? [] : [{ batch, counts }]))
    .slice(-watchedIntervals);
  if (watched.length === 0) return;
  const now = watched.map(({ batch }) => `count(*) FILTER (WHERE ${within(time, batch)})`).join(", ");
  const found = (await askDuckdb(job, [{ sql: `SELECT ${now} FROM ${parquetScan(job.source.file)}` }])).rows[0] ?? [];
  const late = watched.reduce((sum, { counts }, index) => sum + Math.max(0, Number(found[index]) - counts.rows), 0);
  if (late === 0) return;
  job.context.log(
    "warning",
    `${late} rows of ${job.source.node} lie in intervals of ${job.label} that were delivered before and were not appended; ` +
      "unique_keys or mode incremental_by_time would write them",
  );
};
