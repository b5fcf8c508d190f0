import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { RunEvent } from "../../../shared/run/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { ExecutionContext, Log, RunInterval } from "../executors/executor.ts";
import type { Session } from "./session.ts";

export type Emit = (event: RunEvent) => void;

export interface RunScope {
  readonly session: Session;
  readonly runId: string;
  readonly interval: RunInterval;
  readonly verbose: boolean;
  readonly confirmed?: readonly string[] | undefined;
  readonly emit: Emit;
}

const now = (): string => new Date().toISOString();

export const nodeLog =
  (node: string | null, emit: Emit): Log =>
  (level, text, stream = "log") =>
    emit({ type: "log", node, time: now(), level, stream, text });

/** Where the nodes of a run leave what is not finished yet. */
export const runScratch = (session: Session, runId: string): string => join(session.targetPath, "scratch", runId);

/** Makes the context of one node, and its scratch folder where it needs one. */
export const createContext = (
  scope: RunScope,
  node: PipelineNode,
  inputs: readonly Relation[],
  signal: AbortSignal,
  needsScratch = true,
): ExecutionContext => {
  const { session, emit } = scope;
  const folder = runScratch(session, scope.runId);
  const scratch = join(folder, node.id);
  if (needsScratch) mkdirSync(scratch, { recursive: true });
  return {
    project: session.project,
    projectName: session.project.settings.name,
    workspacePath: session.project.root,
    targetPath: session.targetPath,
    stateDir: session.stateDir,
    scratch,
    output: join(folder, `${node.id}.parquet`),
    runId: scope.runId,
    config: node.config,
    dryRun: false,
    verbose: scope.verbose,
    confirmed: scope.confirmed,
    interval: scope.interval,
    signal,
    log: nodeLog(node.id, emit),
    progress: (phase, detail) =>
      emit({
        type: "progress",
        node: node.id,
        time: now(),
        phase,
        rows: detail?.rows ?? null,
        fraction: detail?.fraction ?? null,
      }),
    inputs,
    duckdb: session.duckdb,
    connectors: session.connectors,
    python: session.python,
    outputPath: (other) => join(session.targetPath, "intermediate", `${other.kind}_${other.name}.parquet`),
  };
};
