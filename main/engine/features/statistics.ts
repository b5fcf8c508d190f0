import { z } from "zod";

import type { Column } from "../../../shared/graph/index.ts";
import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import type { QueryJob, SqlHosts } from "../duckdb/sql-host.ts";

const number = z.number().nullable();

/** What a column's values are like. Of the whole table, exact but for `distinct`. */
export const columnStatisticsSchema = z.object({
  name: z.string(),
  type: z.string(),
  nulls: z.number(),
  /** Approximate (HyperLogLog: within a few percent); `null` for nested types. */
  distinct: number,
  /** DuckDB's text, cut at 200 characters. */
  min: z.string().nullable(),
  max: z.string().nullable(),
  /** Of numbers that are neither infinite nor NaN. */
  mean: number,
});
export type ColumnStatistics = z.output<typeof columnStatisticsSchema>;

const numeric = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\b.*)$/;
const isNested = (type: string): boolean => /[[(]/.test(type) && !type.startsWith("DECIMAL");

/** Reads every column once, all in one scan. */
export const columnStatistics = async (
  columns: readonly Column[],
  job: Omit<QueryJob, "sql">,
  duckdb: Pick<SqlHosts, "page">,
  signal: AbortSignal,
): Promise<readonly ColumnStatistics[]> => {
  const sql = `select unnest([\n${columns.map(structOf).join(",\n")}\n], recursive := true) from input_0`;
  const page = await duckdb.page({ ...job, sql }, { offset: 0, limit: columns.length }, signal);
  return page.rows.map(([name, type, nulls, distinct, min, max, mean]) => ({
    name: name ?? "",
    type: type ?? "",
    nulls: Number(nulls),
    distinct: numberOf(distinct),
    min: min ?? null,
    max: max ?? null,
    mean: numberOf(mean),
  }));
};

const numberOf = (text: string | null | undefined): number | null =>
  text === null || text === undefined || !Number.isFinite(Number(text)) ? null : Number(text);

const structOf = ({ name, type }: Column): string => {
  const column = quoted(name);
  const plain = !isNested(type);
  const double = `try_cast(${column} as double)`;
  const fields = [
    `name := ${literal(name)}`,
    `type := ${literal(type)}`,
    `nulls := count(*) - count(${column})`,
    `"distinct" := ${plain ? `approx_count_distinct(${column})` : "null::bigint"}`,
    `min := ${plain ? `left(min(${column})::varchar, 200)` : "null::varchar"}`,
    `max := ${plain ? `left(max(${column})::varchar, 200)` : "null::varchar"}`,
    `mean := ${numeric.test(type) ? `avg(${double}) filter (where isfinite(${double}))` : "null::double"}`,
  ];
  return `  struct_pack(${fields.join(", ")})`;
};
