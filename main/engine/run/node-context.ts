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
  readonly emit: Emit;
}

const now = (): string => new Date().toISOString();

export const nodeLog =
  (node: string | null, emit: Emit): Log =>
  (level, text, stream = "log") =>
    emit({ type: "log", node, time: now(), level, stream, text });

/** Makes the context of one node; its scratch folder is there when this returns. */
export const createContext = (
  scope: RunScope,
  node: PipelineNode,
  inputs: readonly Relation[],
  signal: AbortSignal,
): ExecutionContext => {
  const { session, emit } = scope;
  const scratch = join(session.targetPath, "scratch", scope.runId, node.id);
  mkdirSync(scratch, { recursive: true });
  return {
    project: session.project,
    projectName: session.project.settings.name,
    workspacePath: session.project.root,
    targetPath: session.targetPath,
    stateDir: session.stateDir,
    scratch,
    runId: scope.runId,
    config: node.config,
    dryRun: false,
    verbose: scope.verbose,
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
