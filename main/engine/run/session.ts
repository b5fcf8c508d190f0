import { statSync } from "node:fs";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { ConnectorHosts, SqlHosts } from "../duckdb/sql-host.ts";
import type { Executor, InputsProbe } from "../executors/executor.ts";
import { hashFile, stampOf } from "../files/index.ts";
import type { Project } from "../project/project.ts";
import type { PythonRunner } from "../python/python-runner.ts";
import type { OutputCache, RunState } from "../state/index.ts";

/** One project's open state and the processes that do its work. */
export interface Session {
  readonly project: Project;
  readonly targetPath: string;
  readonly stateDir: string;
  readonly state: RunState;
  readonly cache: OutputCache;
  readonly executors: Readonly<Record<string, Executor>>;
  readonly duckdb: SqlHosts;
  readonly connectors: ConnectorHosts;
  readonly python: PythonRunner;
}

const missing = (path: string): ExecutorExecutionError =>
  new ExecutorExecutionError("source_file_missing", { params: { path } });

/** Looks at the world outside the project's definition, remembering hashes while files' stamps are equal. */
export const createProbe = (session: Session, reach: InputsProbe["reach"], signal: AbortSignal): InputsProbe => ({
  project: session.project,
  connectors: session.connectors,
  reach,
  signal,
  async fileHash(path) {
    const stamp = stampOf(path);
    if (stamp === null) throw missing(path);
    const known = session.state.files[path];
    if (known?.stamp === stamp) return known.hash;
    const hash = await hashFile(path);
    // A file that was written within the clock's step may change again under the same stamp.
    const settled = Date.now() - statSync(path).mtimeMs > 20;
    if (settled && stampOf(path) === stamp) session.state.files[path] = { stamp, hash };
    return hash;
  },
});
