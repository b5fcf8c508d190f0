import { availableParallelism, totalmem } from "node:os";

import type { Column } from "../../../shared/graph/index.ts";
import type { HostJob } from "./host/run-job.ts";
import type { TableAnswers, TableCall } from "./host/tables/table-calls.ts";
import { HostPool } from "./host-pool.ts";
import type { HostSettings } from "./host-protocol.ts";
import type { SpawnHost } from "./spawn-host.ts";
import type {
  Page,
  QueryJob,
  QueryLimits,
  SqlAnalysis,
  SqlFunction,
  SqlHosts,
  SqlSchema,
  WrittenParquet,
} from "./sql-host.ts";
import type { Analysis } from "./sql/analyze.ts";

export interface SqlHostsOptions {
  readonly spawnHost: SpawnHost;
  /** Hosts at most: one for each node that may run at the same time. */
  readonly workers: number;
  /** Absolute folders that hold inputs and outputs; hosts reach no other file. */
  readonly allowedDirectories: readonly string[];
  /** Absolute; where DuckDB spills what does not fit in memory. */
  readonly tempDirectory: string;
  /** For each host. */
  readonly limits?: QueryLimits | undefined;
}

/** Seven tenths of the machine's memory shared by all workers, and every core for each. */
export const defaultLimits = (workers: number, limits: QueryLimits = {}): HostSettings["limits"] => ({
  memory: limits.memory ?? Math.floor((totalmem() * 0.7) / Math.max(1, workers)),
  threads: limits.threads ?? availableParallelism(),
});

const knownStatements = 20_000;

const publicAnalysis = ({ error, references, hash, volatile, parameters, columnNames }: Analysis): SqlAnalysis => ({
  error,
  references: references.map(({ name, offset }) => ({ name, offset })),
  hash,
  volatile,
  parameters,
  columnNames,
});

const tableName = (request: TableCall["request"]): string =>
  "relation" in request ? request.relation.id : "the table";

/** Runs people's SQL in locked hosts; see `SqlHosts`. */
export const createSqlHosts = (options: SqlHostsOptions): SqlHosts => {
  const { spawnHost, workers, allowedDirectories, tempDirectory } = options;
  const settings = { allowedDirectories, tempDirectory, limits: defaultLimits(workers, options.limits) };
  const pool = new HostPool({ spawnHost, role: "sql", size: Math.max(1, workers), settings });
  const never = new AbortController().signal;
  // What was read when the project was loaded need not be read again when its nodes run.
  const known = new Map<string, Analysis>();
  const hostJob = (job: QueryJob): HostJob => ({ job, analysis: known.get(job.sql) ?? null });

  return {
    writeParquet: async (job, output, signal) =>
      (await pool.call("write", { ...hostJob(job), output }, job.node, signal, job.limits?.memory)) as WrittenParquet,
    describe: async (job, signal) =>
      (await pool.call("describe", hostJob(job), job.node, signal, job.limits?.memory)) as readonly Column[],
    schema: async (job, signal) => (await pool.call("schema", hostJob(job), job.node, signal)) as SqlSchema,
    functions: async () => (await pool.call("functions", {}, "the editor", never)) as readonly SqlFunction[],
    page: async (job, range, signal) =>
      (await pool.call("page", { ...hostJob(job), range }, job.node, signal, job.limits?.memory)) as Page,
    async analyze(statements) {
      if (statements.length === 0) return [];
      const analyses = (await pool.call("analyze", { statements }, "the project", never)) as readonly Analysis[];
      if (known.size > knownStatements) known.clear();
      for (const [i, sql] of statements.entries()) known.set(sql, analyses[i]!);
      return analyses.map(publicAnalysis);
    },
    trees: async (statements) =>
      statements.length === 0
        ? []
        : ((await pool.call("trees", { statements }, "the project", never)) as readonly string[]),
    table: async (name, request, signal) =>
      (await pool.call("table", { name, request }, tableName(request), signal)) as TableAnswers[typeof name],
    run: async (job, signal) =>
      (await pool.call("run", { job }, job.node, signal)) as Awaited<ReturnType<SqlHosts["run"]>>,
    inspectParquet: async (file, signal) => (await pool.call("inspect", { file }, file, signal)) as WrittenParquet,
    pids: () => pool.pids(),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
};
