// A batch's keys: none missing, none twice. Looked at in the parquet file, before anything is written.

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { numberedScan, parquetScan } from "../parquet-scan.ts";
import type { StageColumn } from "./column-types.ts";
import { askDuckdb, type WriteJob } from "./job.ts";

const shownRows = 5;
const shownNumbers = 6;

/** Throws `key_null` or `key_repeated` with the first rows. */
export const refuseBadKeys = async (job: WriteJob, keys: readonly StageColumn[]): Promise<void> => {
  const scan = parquetScan(job.source.file);
  const repeated = `SELECT 1 FROM ${scan} GROUP BY ${valuesOf(keys)} HAVING count(*) > 1`;
  const counts = `SELECT (SELECT count(*) FROM ${scan} WHERE ${missing(keys)}), (SELECT count(*) FROM (${repeated}))`;
  const [nulls, repeats] = (await askDuckdb(job, [{ sql: counts }])).rows[0] ?? [];
  if (nulls !== "0") await refuseNulls(job, keys, Number(nulls));
  if (repeats !== "0") await refuseRepeats(job, keys, Number(repeats));
};

const valuesOf = (keys: readonly StageColumn[]): string => keys.map((key) => key.value).join(", ");
const missing = (keys: readonly StageColumn[]): string => keys.map((key) => `${key.value} IS NULL`).join(" OR ");
const namesOf = (keys: readonly StageColumn[]): readonly string[] => keys.map((key) => key.name);

const refuseNulls = async (job: WriteJob, keys: readonly StageColumn[], count: number): Promise<never> => {
  const { file, node } = job.source;
  const sql = `SELECT file_row_number + 1 FROM ${numberedScan(file)} WHERE ${missing(keys)} ORDER BY 1 LIMIT ${shownRows}`;
  const rows = (await askDuckdb(job, [{ sql }])).rows.map(([row]) => `row ${row}`);
  throw new ExecutorExecutionError("key_null", { node, params: { node, keys: namesOf(keys), count, rows } });
};

const refuseRepeats = async (job: WriteJob, keys: readonly StageColumn[], count: number): Promise<never> => {
  const { file, node } = job.source;
  const text = keys.map((key) => `CAST(any_value(${key.value}) AS VARCHAR)`).join(", ");
  const sql =
    `SELECT array_to_string(list(file_row_number + 1 ORDER BY file_row_number), ', '), ${text} ` +
    `FROM ${numberedScan(file)} GROUP BY ${valuesOf(keys)} HAVING count(*) > 1 ` +
    `ORDER BY min(file_row_number) LIMIT ${shownRows}`;
  const found = await askDuckdb(job, [{ sql }]);
  const rows = found.rows.map(([at, ...values]) => {
    const key = keys.map(({ name }, index) => `${name}=${values[index]}`).join(" ");
    return `${key} in rows ${shorten(at ?? "")}`;
  });
  throw new ExecutorExecutionError("key_repeated", { node, params: { node, keys: namesOf(keys), count, rows } });
};

const shorten = (rows: string): string => {
  const all = rows.split(", ");
  if (all.length <= shownNumbers) return rows;
  return `${all.slice(0, shownNumbers).join(", ")} and ${all.length - shownNumbers} more`;
};
