import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { createConnectorHosts, forkHost, type Page } from "../main/engine/duckdb/index.ts";
import type { ExecutionContext, InputsProbe, InputsState, NodeOutput } from "../main/engine/executors/executor.ts";
import { sourceExecutor } from "../main/engine/executors/source.ts";
import { hashFile } from "../main/engine/files/index.ts";
import type { Connection, Project } from "../main/engine/project/project.ts";
import type { PipelineNode } from "../shared/graph/index.ts";
import { kinds } from "../shared/graph/kinds/index.ts";
import { temporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";

/** What a source gave: its columns as `name type`, its rows as exact text. */
export interface SourceResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly output: NodeOutput;
  readonly logs: readonly string[];
}

/** Runs source nodes through the real executor and real connector hosts, without the rest of an engine. */
export interface SourceBench extends Omit<TemporaryFolder, "read"> {
  /** `config` is the node's file without kind and name. */
  read(config: Readonly<Record<string, unknown>>, options?: { signal?: AbortSignal }): Promise<SourceResult>;
  state(config: Readonly<Record<string, unknown>>): Promise<InputsState | null>;
}

const sourceNode = (config: Readonly<Record<string, unknown>>): PipelineNode<"source"> => ({
  id: "source.tested",
  kind: "source",
  name: "tested",
  config: kinds.source.schema.parse({ kind: "source", name: "tested", ...config }),
  body: null,
  inputs: [],
  location: { file: "pipelines/tested.yml", line: 1, column: 1 },
  files: ["pipelines/tested.yml"],
});

const bareProject = (root: string, connection: Connection | null): Project => ({
  root,
  settings: {
    name: "bench",
    version: null,
    description: null,
    profile: null,
    vars: {},
    engine: { type: "duckdb", memory: null, threads: null },
    python: { mode: "managed", interpreter: null, dependencies: [] },
  },
  nodes: new Map(),
  broken: [],
  problems: [],
  connections: connection === null ? [] : [connection.name],
  ownServer: null,
  connection: async () => {
    if (connection === null) throw new Error("this test has no connection");
    return connection;
  },
});

/** A folder with `files` and everything a source node needs; closes its processes with `await using`. */
export const sourceBench = async (
  files: Readonly<Record<string, string | Uint8Array>> = {},
  connection: Connection | null = null,
): Promise<SourceBench> => {
  const folder = await temporaryFolder(files);
  const project = bareProject(folder.root, connection);
  const missing = async (): Promise<never> => {
    throw new Error("no extension in this test");
  };
  const connectors = createConnectorHosts({
    spawnHost: forkHost,
    workers: 1,
    tempDirectory: folder.path("temp"),
    extensionFile: missing,
    limits: { memory: 4e9, threads: 2 },
  });
  const interval = { date: "2024-06-30", start: null, end: null };
  let runs = 0;

  const contextOf = (signal: AbortSignal, logs: string[]): ExecutionContext => {
    const scratch = join(folder.root, "target", "scratch", String((runs += 1)));
    mkdirSync(scratch, { recursive: true });
    const unused = (): never => {
      throw new Error("sources need no SQL host and no Python");
    };
    return {
      project,
      projectName: "bench",
      workspacePath: folder.root,
      targetPath: folder.path("target"),
      stateDir: folder.path("target"),
      scratch,
      output: join(scratch, "output.parquet"),
      runId: "bench",
      config: {},
      dryRun: false,
      verbose: false,
      interval,
      signal,
      log: (level, text) => logs.push(`${level}: ${text}`),
      progress: () => undefined,
      inputs: [],
      get duckdb() {
        return unused();
      },
      connectors,
      get python() {
        return unused();
      },
      outputPath: (node) => folder.path("target", "intermediate", `${node.kind}_${node.name}.parquet`),
    };
  };

  /** A test looks at the first rows alone: a million as text would take a gigabyte. */
  const most = 1000;
  const rowsOf = async (file: string, signal: AbortSignal): Promise<Page> => {
    const steps = [{ sql: `select * from read_parquet('${file}') limit ${most}` }];
    return (await connectors.run({ node: "source.tested", steps }, signal)).page;
  };

  return {
    ...folder,
    async read(config, { signal = new AbortController().signal } = {}) {
      const node = sourceNode(config);
      const logs: string[] = [];
      sourceExecutor.validate?.(node, project);
      const plan = sourceExecutor.plan(node, project, interval);
      const output = await sourceExecutor.execute(node, plan, contextOf(signal, logs));
      const { rows } = await rowsOf(output.file ?? "", signal);
      return { columns: output.columns.map(({ name, type }) => `${name} ${type}`), rows, output, logs };
    },
    async state(config) {
      const node = sourceNode(config);
      const { signal } = new AbortController();
      const probe: InputsProbe = { project, connectors, reach: "everything", signal, fileHash: hashFile };
      const state = await sourceExecutor.inputsState?.(node, sourceExecutor.plan(node, project, interval), probe);
      if (state === "unasked") throw new Error("it was to be asked");
      return state ?? null;
    },
    async [Symbol.asyncDispose]() {
      await connectors[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
};
