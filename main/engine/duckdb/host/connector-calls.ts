import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

import { CancelledError, HeadraceError } from "../../../../shared/errors/index.ts";
import type { HostSettings } from "../host-protocol.ts";
import type { Attachment, ConnectorHosts, ConnectorStep, Page, WrittenParquet } from "../sql-host.ts";
import { literal } from "../sql/identifiers.ts";
import { attach, detach, secretsOf } from "./attach.ts";
import { readReport } from "./duckdb-error.ts";
import { explainOverflow } from "./explain-overflow.ts";
import { closing, openConnectorInstance } from "./locked-instance.ts";
import type { MemoryLimit } from "./memory.ts";
import { measured } from "./measured.ts";
import { resultColumns } from "./result-columns.ts";
import { runStep } from "./run-step.ts";
import { copyStatement, removeTemporary, temporaryFor, writeParquet } from "./write-parquet.ts";

/** Absolute paths of the extensions that a job's attachments need. */
export type ExtensionFiles = { readonly [K in Attachment["type"]]?: string };
/** Steps that Headrace generated, and what they read. */
export type ConnectorJob = Parameters<ConnectorHosts["run"]>[0];
/** The last step's rows, or the file that it wrote. */
export interface Outcome {
  readonly page: Page;
  readonly written: WrittenParquet | null;
}

const noRows: Page = { columns: [], rows: [], totalRows: 0 };

/** What a connector host answers. */
export const connectorCalls = (settings: HostSettings, shared: DuckDBInstance, memory: MemoryLimit) => ({
  run: async (
    { job, extensions }: { job: ConnectorJob; extensions: ExtensionFiles },
    signal: AbortSignal,
  ): Promise<Outcome> => {
    const { memory: ownMemory, threads } = job.limits ?? {};
    if (ownMemory === undefined) {
      // A host serves one job at a time, and an extension that is loaded already costs nothing.
      await using _threads = await threadsForNow(shared, threads, settings.limits.threads);
      return await runJob(shared, job, extensions, signal);
    }
    const limits = { memory: ownMemory, threads: threads ?? settings.limits.threads };
    const instance = await openConnectorInstance({ ...settings, limits });
    using _limit = memory.of(ownMemory);
    try {
      return await runJob(instance, job, extensions, signal);
    } finally {
      instance.closeSync();
    }
  },

  extension: async ({ name, file }: { name: Attachment["type"]; file: string }): Promise<void> => {
    using connection = closing(await shared.connect());
    await loadExtensions(connection.value, "", { [name]: file });
  },
});

/** Sets the instance's threads until the end of the block. */
const threadsForNow = async (
  instance: DuckDBInstance,
  threads: number | undefined,
  usual: number,
): Promise<AsyncDisposable> => {
  const set = async (count: number): Promise<void> => {
    if (threads === undefined || threads === usual) return;
    using connection = closing(await instance.connect());
    await connection.value.run(`set global threads = ${count}`);
  };
  await set(threads ?? usual);
  // An instance that a fatal error ended takes no setting any more; the job's own error tells.
  return { [Symbol.asyncDispose]: () => set(usual).catch(() => undefined) };
};

const loadExtensions = async (connection: DuckDBConnection, node: string, files: ExtensionFiles): Promise<void> => {
  for (const [name, file] of Object.entries(files)) {
    try {
      await connection.run(`load ${literal(file)}`);
    } catch (cause) {
      const why = readReport(cause)?.message ?? String(cause);
      throw new HeadraceError("extension_unavailable", { node, params: { name, why } }, { cause });
    }
  }
};

/** Runs a job's steps on a connection of their own. */
export const runJob = async (
  instance: DuckDBInstance,
  job: ConnectorJob,
  extensions: ExtensionFiles,
  signal: AbortSignal,
): Promise<Outcome> => {
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal.addEventListener("abort", interrupt);
  const attachments = job.attach ?? [];
  try {
    if (signal.aborted) throw new CancelledError();
    await loadExtensions(connection, job.node, extensions);
    for (const attachment of attachments) await attach(connection, attachment);
    // The extension remembers tables by name, and an INSERT into one it remembers wrongly writes nothing.
    if (attachments.some(({ type, readOnly }) => type === "postgres" && !readOnly)) {
      await connection.run("call pg_clear_cache()");
    }
    return await runSteps(connection, job);
  } catch (thrown) {
    throw connectorFailed(thrown, job, signal);
  } finally {
    signal.removeEventListener("abort", interrupt);
    connection.closeSync();
    await detach(instance, attachments);
  }
};

const runSteps = async (connection: DuckDBConnection, job: ConnectorJob): Promise<Outcome> => {
  let page = noRows;
  const last = job.steps.length - 1;
  for (const [i, step] of job.steps.entries()) {
    if (i === last && job.output !== undefined) {
      return { page, written: await measured(() => writeStep(connection, job, step, job.output!)) };
    }
    page = await runStep(connection, step, i === last);
  }
  return { page, written: null };
};

const writeStep = async (connection: DuckDBConnection, job: ConnectorJob, step: ConnectorStep, output: string) => {
  const params = step.params ?? {};
  const columns = await resultColumns(connection, step.sql, params);
  const request = { sql: step.sql, columns, params, output };
  const temporary = temporaryFor(output);
  try {
    return await writeParquet(connection, copyStatement(request, temporary), request, temporary);
  } catch (thrown) {
    removeTemporary(temporary);
    throw await explainOverflow(connection, thrown, { ...request, node: job.node });
  }
};

/** `connector_failed` with DuckDB's message, from which every secret of the job is taken out. */
const connectorFailed = (thrown: unknown, job: ConnectorJob, signal: AbortSignal): unknown => {
  if (signal.aborted) return new CancelledError();
  if (thrown instanceof HeadraceError) return thrown;
  const report = readReport(thrown);
  const scrub = secretsOf(job.attach ?? []);
  const what = report
    ? `${report.type} error: ${report.message}`
    : thrown instanceof Error
      ? thrown.message
      : String(thrown);
  return new HeadraceError("connector_failed", { node: job.node, params: { node: job.node, detail: scrub(what) } });
};
