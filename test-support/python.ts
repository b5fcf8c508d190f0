import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createSqlHosts, forkHost, type Page, type SqlHosts } from "../main/engine/duckdb/index.ts";
import { pythonInterpreter, uvExecutable } from "../main/engine/provision/index.ts";
import {
  createPythonRunner,
  type PythonJob,
  type PythonRunner,
  type RunnerOptions,
} from "../main/engine/python/index.ts";
import type { PythonBody } from "../shared/graph/index.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";
import { testDataDir } from "./temporary-project.ts";

/** Locks that tests share, so that the same requirements are resolved once a machine. */
const sharedLocks = join(testDataDir, "locks");

export interface LogLine {
  readonly level: string;
  readonly text: string;
  readonly stream: string;
}

export interface PythonFolder extends TemporaryFolder {
  readonly runner: PythonRunner;
  readonly options: RunnerOptions;
  readonly lines: readonly LogLine[];
  readonly log: (
    level: "debug" | "info" | "warning" | "error",
    text: string,
    stream?: "stdout" | "stderr" | "log",
  ) => void;
  body(changes?: Partial<PythonBody>): PythonBody;
  /** A job for `node.py` with its function `run`. */
  job(changes?: Partial<PythonJob>): PythonJob;
  /** Ensures the environment and runs the job. */
  run(changes?: Partial<PythonJob>, signal?: AbortSignal): ReturnType<PythonRunner["run"]>;
}

/** A folder with `node.py` and a real runner on it; environments are shared by all tests of the machine. */
export async function pythonFolder(code: string, changes: Partial<RunnerOptions> = {}): Promise<PythonFolder> {
  const folder = await temporaryFolder({ "node.py": code });
  mkdirSync(testDataDir, { recursive: true });
  const environment = changes.environment ?? process.env;
  const lines: LogLine[] = [];
  const log: PythonFolder["log"] = (level, text, stream = "log") => void lines.push({ level, text, stream });
  const options: RunnerOptions = {
    projectRoot: folder.root,
    settings: { mode: "managed", interpreter: null, dependencies: [] },
    dataDir: testDataDir,
    environment,
    uv: () => uvExecutable({ dataDir: testDataDir, environment: process.env, log }),
    interpreter: () => pythonInterpreter({ environment: process.env }),
    locksDir: sharedLocks,
    ...changes,
  };
  const runner = createPythonRunner(options);
  let jobs = 0;
  const never = new AbortController().signal;

  const body = (bodyChanges: Partial<PythonBody> = {}): PythonBody => ({
    language: "python",
    file: "node.py",
    function: "run",
    dependencies: [],
    requiresPython: null,
    sources: ["node.py"],
    hash: "hash",
    location: { file: "node.py", line: 1, column: 1 },
    ...bodyChanges,
  });
  const job = (jobChanges: Partial<PythonJob> = {}): PythonJob => ({
    node: { id: "transform.run", kind: "transform", name: "run" },
    body: body(),
    inputs: [],
    params: {},
    config: {},
    interval: { date: "2024-06-30", start: null, end: null },
    scratch: folder.path("target", "scratch", String((jobs += 1))),
    limits: { memory: null, cpuSeconds: null },
    ...jobChanges,
  });

  return {
    ...folder,
    runner,
    options,
    lines,
    log,
    body,
    job,
    async run(jobChanges = {}, signal = never) {
      const wanted = job(jobChanges);
      return runner.run(wanted, await runner.ensure(wanted.body, signal, log), signal, log);
    },
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Reads what a node left behind the way the next node would. */
export async function inspecting(folder: TemporaryFolder): Promise<
  AsyncDisposable & {
    readonly hosts: SqlHosts;
    table(file: string): Promise<Page>;
    rows(file: string): Promise<Page["rows"]>;
  }
> {
  const directories = { allowedDirectories: [tmpdir()], tempDirectory: folder.root };
  const hosts = createSqlHosts({ spawnHost: forkHost, workers: 1, ...directories });
  const never = new AbortController().signal;
  const table = async (file: string): Promise<Page> => {
    const { columns } = await hosts.inspectParquet(file, never);
    const inputs = [{ id: "transform.it", file, columns }];
    const job = { node: "transform.next", sql: "select * from transform.it", inputs, params: {} };
    return hosts.page(job, { offset: 0, limit: 200 }, never);
  };
  return {
    hosts,
    table,
    rows: async (file) => (await table(file)).rows,
    [Symbol.asyncDispose]: async () => hosts[Symbol.asyncDispose](),
  };
}
