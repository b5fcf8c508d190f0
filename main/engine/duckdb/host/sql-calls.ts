import { statSync } from "node:fs";

import type { Column } from "../../../../shared/graph/index.ts";
import type { HostSettings } from "../host-protocol.ts";
import type { Page, QueryJob, SqlFunction, SqlSchema, WrittenParquet } from "../sql-host.ts";
import { type Analysis, analyzeStatement } from "../sql/analyze.ts";
import type { BoundJob } from "./bound-job.ts";
import { inputNamed } from "./check-job.ts";
import { type ConnectorJob, type Outcome, runJob } from "./connector-calls.ts";
import { diagnose } from "./diagnose.ts";
import { listFunctions } from "./list-functions.ts";
import { inspectParquet } from "./inspect-parquet.ts";
import { closing, withDefaults } from "./locked-instance.ts";
import type { MemoryLimit } from "./memory.ts";
import { measured } from "./measured.ts";
import { distinctNames } from "./result-columns.ts";
import { type HostJob, pageJob, withBoundJob, writeJob } from "./run-job.ts";
import { type TableCall, tableCall } from "./tables/table-calls.ts";
import { Workspace } from "./workspace.ts";

interface Range {
  readonly offset: number;
  readonly limit: number;
}

/** Inputs of up to this many bytes are read by one thread: waking others costs more than they bring. */
const smallInputBytes = 256 * 1024;

/** What a SQL host answers. */
export const sqlCalls = (settings: HostSettings, small: Workspace, memory: MemoryLimit) => {
  let wide: Promise<Workspace> | null = null;

  const analyze = async (statements: readonly string[]): Promise<readonly Analysis[]> => {
    const serialized = await small.serialize(statements);
    return statements.map((sql, i) => analyzeStatement(sql, serialized[i]!));
  };

  /** A job with limits of its own gets an instance of its own. */
  const withJob = async <T>(call: HostJob, signal: AbortSignal, use: (bound: BoundJob) => Promise<T>): Promise<T> => {
    const { job } = call;
    const analysis = call.analysis ?? (await analyze([job.sql]))[0]!;
    if (job.limits?.memory !== undefined || job.limits?.threads !== undefined) {
      const limits = withDefaults(job.limits, settings.limits);
      using workspace = await Workspace.open({ ...settings, limits });
      using _limit = memory.of(limits.memory);
      return await withBoundJob(workspace, job, analysis, signal, use);
    }
    const oneThread = settings.limits.threads === 1 || isSmall(job, analysis);
    const workspace = oneThread ? small : await (wide ??= Workspace.open(settings));
    return await withBoundJob(workspace, job, analysis, signal, use);
  };

  return {
    write: ({ output, ...call }: HostJob & { output: string }, signal: AbortSignal): Promise<WrittenParquet> =>
      measured(() => withJob(call, signal, (bound) => writeJob(bound, output, signal))),

    describe: (call: HostJob, signal: AbortSignal): Promise<readonly Column[]> =>
      withJob(call, signal, async (bound) => distinctNames(bound.columns)),

    schema: async (call: HostJob, signal: AbortSignal): Promise<SqlSchema> => {
      try {
        const columns = await withJob(call, signal, async (bound) => distinctNames(bound.columns));
        return { columns, fault: null };
      } catch (thrown) {
        const fault = diagnose(thrown, call.job.sql);
        if (fault === null) throw thrown;
        return { columns: null, fault };
      }
    },

    functions: (): Promise<readonly SqlFunction[]> => listFunctions(small.binder),

    page: ({ range, ...call }: HostJob & { range: Range }, signal: AbortSignal): Promise<Page> =>
      withJob(call, signal, (bound) => pageJob(bound, range, signal)),

    analyze: ({ statements }: { statements: readonly string[] }): Promise<readonly Analysis[]> => analyze(statements),

    trees: ({ statements }: { statements: readonly string[] }): Promise<readonly string[]> =>
      small.serialize(statements),

    table: (call: TableCall, signal: AbortSignal): Promise<unknown> =>
      tableCall(call, async (isOneThread) => (isOneThread ? small : await (wide ??= Workspace.open(settings))), signal),

    run: ({ job }: { job: ConnectorJob }, signal: AbortSignal): Promise<Outcome> =>
      runJob(small.instance, job, {}, signal),

    inspect: async ({ file }: { file: string }): Promise<WrittenParquet> => {
      using connection = closing(await small.instance.connect());
      return await measured(() => inspectParquet(connection.value, file));
    },
  };
};

const isSmall = (job: QueryJob, analysis: Analysis): boolean => {
  if (analysis.generates) return false;
  let bytes = 0;
  for (const file of new Set(analysis.references.map(({ name }) => inputNamed(job, name)?.file ?? ""))) {
    bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes <= smallInputBytes;
};
