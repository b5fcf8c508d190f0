import { availableParallelism } from "node:os";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import {
  type ConnectorHosts,
  createConnectorHosts,
  createSqlHosts,
  forkHost,
  type SqlHosts,
} from "../../main/engine/duckdb/index.ts";
import {
  dispatch,
  type MaterializationContext,
  type MaterializationPreview,
  type MaterializationSource,
  previewTargets,
} from "../../main/engine/materializers/index.ts";
import { type PostgresClient, postgresClient } from "../../main/engine/postgres/index.ts";
import type { PostgresConnection, Project } from "../../main/engine/project/project.ts";
import { duckdbExtension } from "../../main/engine/provision/index.ts";
import { materializationSchema } from "../../shared/graph/kinds/common.ts";
import type { TargetResult } from "../../shared/run/index.ts";
import { hashText } from "../../main/engine/files/index.ts";
import { temporaryDatabase } from "../postgres.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { testDataDir } from "../temporary-project.ts";

/** How a target is written in YAML. */
export type TargetOptions = Readonly<Record<string, unknown>>;

export interface WriteOverrides {
  readonly node?: string;
  readonly runId?: string;
  readonly definition?: string;
  readonly start?: string;
  readonly end?: string;
  readonly only?: readonly string[];
  readonly signal?: AbortSignal;
  readonly connection?: PostgresConnection;
  /** As on a machine where DuckDB's postgres extension cannot be had. */
  readonly withoutExtension?: boolean;
}

/** Real hosts, a database of its own and a folder: results of SQL are written to targets as a run would do it. */
export interface Materializing extends AsyncDisposable {
  readonly connection: PostgresConnection;
  readonly client: PostgresClient;
  readonly connectors: ConnectorHosts;
  readonly root: string;
  readonly logs: readonly string[];
  /** The parquet that a node with this SQL leaves behind. */
  source(sql: string, overrides?: WriteOverrides): Promise<MaterializationSource>;
  context(overrides?: WriteOverrides): MaterializationContext;
  /** Writes the SQL's result to one target. */
  write(sql: string, options: TargetOptions, overrides?: WriteOverrides): Promise<TargetResult>;
  writeAll(
    sql: string,
    options: readonly TargetOptions[],
    overrides?: WriteOverrides,
  ): Promise<readonly TargetResult[]>;
  preview(sql: string, options: TargetOptions, overrides?: WriteOverrides): Promise<MaterializationPreview>;
  /** Rows of a query on the target, each its values as text. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** Names of stages that are still there. */
  stages(): Promise<readonly string[]>;
}

const hosts = (root: string): { readonly duckdb: SqlHosts; readonly connectors: ConnectorHosts } => {
  const tempDirectory = join(root, "spill");
  const extensionFile = (name: "postgres" | "sqlite"): Promise<string> =>
    duckdbExtension(name, { dataDir: testDataDir, environment: process.env, log: () => undefined });
  return {
    duckdb: createSqlHosts({ spawnHost: forkHost, workers: 1, allowedDirectories: [root], tempDirectory }),
    connectors: createConnectorHosts({
      spawnHost: forkHost,
      workers: Math.min(2, availableParallelism()),
      extensionFile,
      tempDirectory,
    }),
  };
};

export const materializing = async (): Promise<Materializing> => {
  const folder = await temporaryFolder();
  const database = await temporaryDatabase();
  const client = await postgresClient(database.connection, { applicationName: "headrace:test" });
  const { duckdb, connectors } = hosts(folder.root);
  const logs: string[] = [];
  let files = 0;
  await mkdir(folder.path("scratch"));

  const source = async (sql: string, overrides: WriteOverrides = {}): Promise<MaterializationSource> => {
    files += 1;
    const file = folder.path(`output-${files}.parquet`);
    const node = overrides.node ?? "transform.orders";
    const written = await duckdb.writeParquet(
      { node, sql, inputs: [], params: {} },
      file,
      new AbortController().signal,
    );
    return {
      node,
      runId: overrides.runId ?? "run-1",
      file,
      columns: written.columns,
      rows: written.rows,
      outputHash: written.hash,
      definitionHash: hashText(overrides.definition ?? "first"),
      envHash: null,
      artifactHash: null,
    };
  };

  const context = (overrides: WriteOverrides = {}): MaterializationContext => {
    const project: Pick<Project, "root" | "connection"> = {
      root: folder.root,
      connection: async () => overrides.connection ?? database.connection,
    };
    const noExtension: ConnectorHosts = {
      ...connectors,
      extension: async () => ({ available: false, why: "switched off for this test" }),
    };
    return {
      project: project as Project,
      targetPath: folder.root,
      scratch: folder.path("scratch"),
      interval: { date: "2024-06-30", start: overrides.start ?? null, end: overrides.end ?? null },
      signal: overrides.signal ?? new AbortController().signal,
      log: (level, text) => void logs.push(`${level}: ${text}`),
      progress: () => undefined,
      duckdb,
      connectors: overrides.withoutExtension === true ? noExtension : connectors,
    };
  };

  const parse = (options: TargetOptions) => materializationSchema.parse(options);
  const writeAll: Materializing["writeAll"] = async (sql, options, overrides = {}) =>
    dispatch(await source(sql, overrides), options.map(parse), context(overrides), overrides.only ?? null);

  const rows: Materializing["rows"] = async (sql) =>
    (await client.query({ text: sql, rowMode: "array" })).rows as unknown[][];

  return {
    connection: database.connection,
    client,
    connectors,
    root: folder.root,
    logs,
    source,
    context,
    writeAll,
    async write(sql, options, overrides) {
      const [result] = await writeAll(sql, [options], overrides);
      if (result === undefined) throw new Error("the target was not written");
      return result;
    },
    async preview(sql, options, overrides = {}) {
      const [preview] = await previewTargets(await source(sql, overrides), [parse(options)], context(overrides));
      if (preview === undefined) throw new Error("there is no preview");
      return preview;
    },
    rows,
    stages: async () =>
      (await rows("select relname from pg_class where relname like 'headrace_stage%' and relkind = 'r'")).map(
        ([name]) => String(name),
      ),
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await Promise.all([duckdb[Symbol.asyncDispose](), connectors[Symbol.asyncDispose]()]);
      await database[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
};
