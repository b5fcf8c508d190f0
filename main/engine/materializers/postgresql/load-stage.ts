// Fills a stage from the parquet file: through DuckDB's extension where it can be had, else as CSV through COPY.

import { createReadStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";

import { CancelledError, ExecutorExecutionError, HeadraceError } from "../../../../shared/errors/index.ts";
import { literal, quoted } from "../../duckdb/sql/identifiers.ts";
import {
  describeConnection,
  isTransient,
  postgresError,
  type PostgresClient,
  quoteIdentifier,
} from "../../postgres/index.ts";
import { findPassword } from "../../postgres/password-file.ts";
import { parquetScan } from "../parquet-scan.ts";
import type { Batch } from "./batch.ts";
import { csvValue } from "./csv-values.ts";
import { askDuckdb, type WriteJob } from "./job.ts";
import type { Stage } from "./stage.ts";
import { explainFailedLoad } from "./value-checks.ts";

/** Loads the batch and compares the stage's row count, read from PostgreSQL, with the parquet's. */
export const loadStage = async (client: PostgresClient, job: WriteJob, stage: Stage, batch: Batch): Promise<void> => {
  if (batch.rows > 0) {
    try {
      const loaded = stage.schema !== null && !extensionLoses(job) && (await loadByExtension(job, stage, batch));
      if (!loaded) await loadByCopy(client, job, stage, batch);
    } catch (error) {
      await explain(job, error);
      throw error;
    }
  }
  const { rows } = await client.query<{ n: number }>(`select count(*)::float8 as n from ${stage.table}`);
  const staged = rows[0]?.n ?? 0;
  if (staged !== batch.rows) {
    throw new ExecutorExecutionError("stage_incomplete", {
      node: job.source.node,
      params: { table: job.label, staged, rows: batch.rows },
    });
  }
};

/** The extension turns the text `NULL` in an array of text into a NULL. */
const extensionLoses = (job: WriteJob): boolean => job.columns.some((column) => column.type === "text[]");

const filter = (batch: Batch): string => (batch.where === null ? "" : ` WHERE ${batch.where}`);

/** False when the extension is not there or cannot reach the server the way `pg` does. */
const loadByExtension = async (job: WriteJob, stage: Stage, batch: Batch): Promise<boolean> => {
  const { connectors, signal, log } = job.context;
  const { available, why } = await connectors.extension("postgres");
  if (!available) {
    log("debug", `loading ${job.label} through COPY: ${why ?? "DuckDB's postgres extension is not available"}`);
    return false;
  }
  const names = job.columns.map((column) => quoted(column.name)).join(", ");
  const values = job.columns.map((column) => column.value).join(", ");
  const stageName = `target.${quoted(stage.schema ?? "")}.${quoted(stage.name)}`;
  const steps = [
    { sql: "SET TimeZone = 'UTC'" },
    { sql: "CALL pg_clear_cache()" },
    {
      sql: `INSERT INTO ${stageName} (${names}) SELECT ${values} FROM ${parquetScan(job.source.file)}${filter(batch)}`,
    },
  ];
  try {
    // The extension sends through one connection: more threads only wait for each other (twice the CPU).
    await connectors.run(
      { node: job.source.node, attach: [await attachment(job)], steps, limits: { threads: 1 } },
      signal,
    );
    return true;
  } catch (error) {
    if (!/unable to connect to postgres/i.test(textOf(error))) throw error;
    log("debug", `loading ${job.label} through COPY: ${firstLine(textOf(error))}`);
    return false;
  }
};

const attachment = async ({ connection, applicationName }: WriteJob) => {
  const { host, port, user, database, sslmode } = connection;
  const password = (await findPassword(connection, process.env)) ?? null;
  const parameters = { host, port, user, password, database, sslmode, applicationName: applicationName.slice(0, 63) };
  return { type: "postgres", alias: "target", readOnly: false, connection: parameters } as const;
};

/** The way that needs nothing but `pg`; about three times the CPU. */
const loadByCopy = async (client: PostgresClient, job: WriteJob, stage: Stage, batch: Batch): Promise<void> => {
  const file = join(job.context.scratch, `${stage.name}.csv`);
  try {
    await mkdir(job.context.scratch, { recursive: true });
    const values = job.columns.map((column) => csvValue(column)).join(", ");
    const select = `SELECT ${values} FROM ${parquetScan(job.source.file)}${filter(batch)}`;
    const options = "FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '\\N'";
    await askDuckdb(job, [{ sql: `COPY (${select}) TO ${literal(file)} (${options})` }]);
    const names = job.columns.map((column) => quoteIdentifier(column.name)).join(", ");
    const copy = client.query(
      copyFrom(`COPY ${stage.table} (${names}) FROM STDIN (FORMAT csv, NULL '\\N', ENCODING 'UTF8')`),
    );
    await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), copy, { signal: job.context.signal });
  } catch (error) {
    if (job.context.signal.aborted) throw new CancelledError({ cause: error });
    throw postgresError(error, job.connection);
  } finally {
    await rm(file, { force: true });
  }
};

const textOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}\n${textOf(error.cause)}` : error.message;
};
const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

const lostConnection =
  /terminating connection|closed the connection unexpectedly|connection to server was lost|no connection to the server/i;

/** With the state of a server that shuts down, so that the write is tried again. */
const connectionLost = (job: WriteJob, cause: unknown): HeadraceError => {
  const detail = "the connection was lost while rows were loaded";
  const params = { where: describeConnection(job.connection), detail, sqlstate: "57P01" };
  return new HeadraceError("postgres_unreachable", { node: job.source.node, params }, { cause });
};

/** Turns a load that failed because of its data into an error with column and row; others pass. */
const explain = async (job: WriteJob, error: unknown): Promise<void> => {
  if (error instanceof CancelledError || job.context.signal.aborted || isTransient(error)) return;
  if (error instanceof HeadraceError && error.code === "sql_host_lost") return;
  const text = textOf(error);
  if (lostConnection.test(text)) throw connectionLost(job, error);
  await explainFailedLoad(job);
  const context = /COPY [^,\n]+, line (\d+), column ([^:\n]+)/.exec(text);
  if (context === null) return;
  const why = /ERROR:\s*([^\n]+)/.exec(text)?.[1] ?? firstLine(text);
  const type = job.columns.find((column) => column.name === context[2])?.from ?? "";
  const params = { column: context[2] ?? "", row: Number(context[1]), value: "", rows: 1, type, why };
  throw new ExecutorExecutionError("value_not_representable", { node: job.source.node, params }, { cause: error });
};
