import { join } from "node:path";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { Materialization } from "../../../shared/graph/index.ts";
import type { TargetResult } from "../../../shared/run/index.ts";
import type { ExecutionContext } from "../executors/executor.ts";
import type { CachedOutput, TargetRecord } from "../state/index.ts";
import type { NodeWork } from "./run-node.ts";

const enabledTargets = (work: NodeWork): readonly Materialization[] =>
  work.node.config.materializations.filter((target) => target.enabled);

/** Hands a finished table to the one dispatcher: the same path for every kind and language. */
export const writeTargets = async (
  work: NodeWork,
  cached: CachedOutput,
  context: ExecutionContext,
  only: readonly string[] | null,
): Promise<readonly TargetResult[]> => {
  const targets = enabledTargets(work);
  if (!work.materialize || targets.length === 0) return [];
  const { dispatch } = await import("../materializers/index.ts");
  const source = {
    node: work.node.id,
    runId: context.runId,
    file: join(context.targetPath, cached.output.file),
    columns: cached.columns,
    rows: cached.rows,
    outputHash: cached.output.hash,
    definitionHash: work.observation.definitionHash,
    envHash: cached.envHash,
    artifactHash: cached.artifactHash,
  };
  return dispatch(source, targets, context, only);
};

/** What each target now holds; targets that were not written keep what was known of them. */
export const targetRecords = (
  work: NodeWork,
  cached: CachedOutput,
  written: readonly TargetResult[],
): Readonly<Record<string, TargetRecord>> => {
  const entries = work.targets.flatMap(({ name, optionsHash }): readonly [string, TargetRecord][] => {
    const result = written.find((entry) => entry.target === name);
    const before = work.record?.targets[name];
    if (result === undefined) return before === undefined ? [] : [[name, before]];
    const done = result.status === "SUCCESS" || result.status === "UNCHANGED";
    const status = done ? ("SUCCESS" as const) : ("FAILED" as const);
    return [[name, { status, outputHash: cached.output.hash, optionsHash, time: new Date().toISOString() }]];
  });
  return Object.fromEntries(entries);
};

/** The node's own error when some of its targets failed. */
export const failedTargets = (work: NodeWork, written: readonly TargetResult[]): ExecutorExecutionError | null => {
  const failed = written.filter((result) => result.status === "FAILED");
  if (failed.length === 0) return null;
  const detail = failed.map((result) => `${result.target}: ${result.error?.message ?? "failed"}`).join("; ");
  return new ExecutorExecutionError("targets_failed", {
    node: work.node.id,
    location: work.node.location,
    params: { node: work.node.id, failed: failed.length, total: written.length, detail },
    next: failed[0]?.error?.next,
  });
};
