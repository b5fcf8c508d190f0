import type { DuckDBConnection } from "@duckdb/node-api";

import { CancelledError } from "../../../../shared/errors/index.ts";
import type { Page, QueryJob, WrittenParquet } from "../sql-host.ts";
import type { Analysis } from "../sql/analyze.ts";
import { type BoundJob, bindJob, failureOf } from "./bound-job.ts";
import { explainOverflow } from "./explain-overflow.ts";
import { readPage, readTablePage } from "./page.ts";
import type { Workspace } from "./workspace.ts";
import { copyStatement, removeTemporary, temporaryFor, writeParquet } from "./write-parquet.ts";

/** A job as it reaches a host: what the engine already knows of its text saves reading it again. */
export interface HostJob {
  readonly job: QueryJob;
  readonly analysis: Analysis | null;
}

/** Binds a job in a workspace, runs `use` on it, and interrupts it when the signal says so. */
export const withBoundJob = async <T>(
  workspace: Workspace,
  job: QueryJob,
  analysis: Analysis,
  signal: AbortSignal,
  use: (bound: BoundJob) => Promise<T>,
): Promise<T> => {
  let own: DuckDBConnection | null = null;
  const interrupt = () => {
    for (const connection of [own, workspace.runner, workspace.binder]) connection?.interrupt();
  };
  signal.addEventListener("abort", interrupt);
  try {
    if (signal.aborted) throw new CancelledError();
    const bound = await bindJob(workspace, job, analysis, signal, (connection) => (own = connection));
    // An interrupt between two statements stops neither.
    if (signal.aborted) throw new CancelledError();
    return await use(bound);
  } finally {
    signal.removeEventListener("abort", interrupt);
    (own as DuckDBConnection | null)?.closeSync();
  }
};

/** Writes a bound job's result to `output`. */
export const writeJob = async (
  bound: BoundJob,
  output: string,
  signal: AbortSignal,
): Promise<Omit<WrittenParquet, "memoryMb" | "cpuSeconds">> => {
  const { job, connection, select, columns, params } = bound;
  const temporary = temporaryFor(output);
  const [before, after] = job.firstRows === undefined ? ["", ""] : ["select * from (\n", `\n) limit ${job.firstRows}`];
  const request = { sql: `${before}${select}${after}`, columns, params, output, durable: job.durable ?? true };
  const copy = copyStatement(request, temporary);
  try {
    return await writeParquet(connection, copy, request, temporary);
  } catch (thrown) {
    removeTemporary(temporary);
    const originalOffset = (offset: number) => bound.originalOffset(offset - copy.selectStart - before.length);
    const failure = failureOf(thrown, job, { ran: copy.text, originalOffset }, signal);
    throw await explainOverflow(connection, failure, { ...request, node: job.node });
  }
};

/** Some rows of a bound job's result. */
export const pageJob = async (
  bound: BoundJob,
  range: { readonly offset: number; readonly limit: number },
  signal: AbortSignal,
): Promise<Page> => {
  const { job, connection, select, columns, params, wholeTable } = bound;
  try {
    if (wholeTable !== null) return await readTablePage(connection, wholeTable, columns, range);
    return await readPage(connection, { sql: select, columns, params, range });
  } catch (thrown) {
    throw failureOf(thrown, job, { ran: select, originalOffset: () => null }, signal);
  }
};
