import {
  createSqlHosts,
  forkHost,
  type Page,
  type QueryJob,
  type Relation,
  type SqlHosts,
} from "../main/engine/duckdb/index.ts";
import type { SqlHostsOptions } from "../main/engine/duckdb/index.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";

/** Real SQL hosts over a folder of their own, and short ways to use them. */
export interface SqlBench extends AsyncDisposable {
  readonly hosts: SqlHosts;
  readonly folder: TemporaryFolder;
  /** A signal that nothing ever aborts. */
  readonly signal: AbortSignal;
  job(sql: string, rest?: Partial<QueryJob>): QueryJob;
  /** Runs a SELECT into parquet and returns it as an input for others. */
  relation(id: string, sql: string, rest?: Partial<QueryJob>): Promise<Relation>;
  /** The first rows of a SELECT. */
  rows(sql: string, rest?: Partial<QueryJob>): Promise<Page["rows"]>;
}

export const sqlBench = async (options: Partial<SqlHostsOptions> = {}): Promise<SqlBench> => {
  const folder = await temporaryFolder();
  const hosts = createSqlHosts({
    spawnHost: forkHost,
    workers: 1,
    allowedDirectories: [folder.root],
    tempDirectory: folder.path("spill"),
    ...options,
  });
  const { signal } = new AbortController();
  const job: SqlBench["job"] = (sql, rest = {}) => ({ node: "transform.job", sql, inputs: [], params: {}, ...rest });
  return {
    hosts,
    folder,
    signal,
    job,
    async relation(id, sql, rest) {
      const file = folder.path(`${id}.parquet`);
      const { columns } = await hosts.writeParquet(job(sql, { node: id, ...rest }), file, signal);
      return { id, file, columns };
    },
    rows: async (sql, rest) => (await hosts.page(job(sql, rest), { offset: 0, limit: 1000 }, signal)).rows,
    async [Symbol.asyncDispose]() {
      await hosts[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
};
