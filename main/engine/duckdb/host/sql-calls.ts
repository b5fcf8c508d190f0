import type { DuckDBInstance } from "@duckdb/node-api";

import type { Column } from "../../../../shared/graph/index.ts";
import type { HostSettings } from "../host-protocol.ts";
import type { Page, QueryJob, SqlAnalysis, WrittenParquet } from "../sql-host.ts";
import { analyzeStatement } from "../sql/analyze.ts";
import { inspectParquet } from "./inspect-parquet.ts";
import { closing, openLockedInstance } from "./locked-instance.ts";
import { measured } from "./measured.ts";
import { serializeStatements } from "./prepare-job.ts";
import { SqlSession } from "./sql-session.ts";
import { RelationViews } from "./views.ts";

interface Range {
  readonly offset: number;
  readonly limit: number;
}

/** What a SQL host answers; names and inputs are those of `SqlCalls` on the engine's side. */
export const sqlCalls = (settings: HostSettings, shared: DuckDBInstance) => {
  const sharedViews = new RelationViews();

  /** A job with limits of its own gets an instance of its own. */
  const withSession = async <T>(
    job: QueryJob,
    signal: AbortSignal,
    use: (session: SqlSession) => Promise<T>,
  ): Promise<T> => {
    const { memory, threads } = job.limits ?? {};
    if (memory === undefined && threads === undefined) {
      return await SqlSession.run(shared, sharedViews, job, signal, use);
    }
    const limits = { memory: memory ?? settings.limits.memory, threads: threads ?? settings.limits.threads };
    const instance = await openLockedInstance({ ...settings, limits });
    try {
      return await SqlSession.run(instance, new RelationViews(), job, signal, use);
    } finally {
      instance.closeSync();
    }
  };

  return {
    write: ({ job, output }: { job: QueryJob; output: string }, signal: AbortSignal): Promise<WrittenParquet> =>
      measured(() => withSession(job, signal, (session) => session.write(output))),

    describe: ({ job }: { job: QueryJob }, signal: AbortSignal): Promise<readonly Column[]> =>
      withSession(job, signal, (session) => session.columns()),

    page: ({ job, range }: { job: QueryJob; range: Range }, signal: AbortSignal): Promise<Page> =>
      withSession(job, signal, (session) => session.page(range)),

    analyze: async ({ statements }: { statements: readonly string[] }): Promise<readonly SqlAnalysis[]> => {
      using connection = closing(await shared.connect());
      const serialized = await serializeStatements(connection.value, statements);
      return statements.map((sql, i) => publicAnalysis(analyzeStatement(sql, serialized[i]!)));
    },

    inspect: async ({ file }: { file: string }): Promise<WrittenParquet> => {
      using connection = closing(await shared.connect());
      return await measured(() => inspectParquet(connection.value, file));
    },
  };
};

const publicAnalysis = ({
  refused: _refused,
  shows: _shows,
  ...analysis
}: ReturnType<typeof analyzeStatement>): SqlAnalysis => analysis;
