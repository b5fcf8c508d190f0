import { rmSync } from "node:fs";

import { toHeadraceError, type HeadraceError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { NodeResult } from "../../../shared/run/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { ExecutionContext, Executor, ExtraOutput, NodeOutput } from "../executors/executor.ts";
import type { Decision, Observation, PlannedTarget } from "../plan/index.ts";
import { extraRelations, tablesHash, type CachedOutput, type NodeRecord } from "../state/index.ts";
import { attempt, type AttemptPolicy } from "./attempt.ts";
import { createContext, type RunScope } from "./node-context.ts";
import { artifactHash, metadataOf, recordOf, withFormerTable } from "./node-record.ts";
import { nodeResult, outputPathOf, statusAfter } from "./results.ts";
import { withTests } from "./tests.ts";
import { failedTargets, targetRecords, writeTargets } from "./write-targets.ts";

/** What a node's run needs besides the scope of its run. */
export interface NodeWork {
  readonly node: PipelineNode;
  readonly findExecutor: () => Executor;
  readonly observation: Observation;
  readonly decision: Decision;
  readonly record: NodeRecord | undefined;
  readonly inputs: readonly Relation[];
  readonly policy: AttemptPolicy;
  /** The node's targets as the plan knows them. */
  readonly targets: readonly PlannedTarget[];
  readonly materialize: boolean;
}

/** How a node ended: what people see, and what the state keeps. */
export interface NodeEnd {
  readonly result: NodeResult;
  /** `null` leaves the state as it was. */
  readonly record: NodeRecord | null;
  /** The table that later nodes read; `null` when there is none. */
  readonly relation: Relation | null;
  /** Its further tables, `kind.node__table`. */
  readonly extra: readonly Relation[];
  readonly outputHash: string | null;
}

/** What an executor left, and where it is kept. */
export interface Produced {
  readonly output: NodeOutput;
  readonly cached: CachedOutput | null;
}

/** Runs one node, or only its stale targets, and never throws. */
export const runNode = async (work: NodeWork, scope: RunScope, signal: AbortSignal): Promise<NodeEnd> => {
  const started = performance.now();
  const needsScratch = usesScratch(work);
  const context = createContext(scope, work.node, work.inputs, signal, needsScratch);
  try {
    const { reuse, action, staleTargets } = work.decision;
    if (action === "materialize" && reuse !== null) {
      begin(work, scope, 1);
      const metadata = work.decision.storesAreStale === true ? await bringUpStores(work, scope, context, reuse) : {};
      const produced = { cached: reuse, output: { file: null, rows: reuse.rows, columns: reuse.columns, metadata } };
      return await complete(work, scope, context, produced, started, staleTargets);
    }
    const produced = await produceWithRetries(work, scope, context, signal);
    return await complete(work, scope, context, produced, started, null);
  } catch (thrown) {
    return failedEnd(work, scope, thrown, (performance.now() - started) / 1000, signal.aborted);
  } finally {
    if (needsScratch) rmSync(context.scratch, { recursive: true, force: true });
  }
};

const bringUpStores = async (
  work: NodeWork,
  scope: RunScope,
  context: ExecutionContext,
  { output, rows, columns }: CachedOutput,
): Promise<Readonly<Record<string, unknown>>> => {
  const { stores } = work.findExecutor();
  const why = work.decision.reasons.flatMap(({ kind, text }) => (kind === "store_behind" ? [text] : []));
  context.log("info", `Stores are written from the table that is there: ${why.join(", ")}.`);
  const table = { file: scope.session.cache.absolute(output), rows, columns, hash: output.hash };
  return (await stores?.bringUp(work.node, work.observation.executorPlan, table, context)) ?? {};
};

const usesScratch = (work: NodeWork): boolean => {
  const { hooks: checks, materializations } = work.node.config;
  if (checks !== undefined || materializations.length > 0 || work.observation.error !== null) return true;
  const executor = work.findExecutor();
  return executor.usesScratch?.(work.node) ?? true;
};

const begin = (work: NodeWork, scope: RunScope, attemptNumber: number): void =>
  scope.emit({ type: "started", node: work.node.id, time: new Date().toISOString(), attempt: attemptNumber });

const produceWithRetries = (
  work: NodeWork,
  scope: RunScope,
  context: ExecutionContext,
  signal: AbortSignal,
): Promise<Produced> =>
  attempt(
    work.policy,
    signal,
    (inner, number) => {
      begin(work, scope, number);
      if (work.observation.error !== null) throw work.observation.error;
      return produce(work, scope, { ...context, signal: inner });
    },
    (error, wait) => context.log("warning", `${error.message} Trying again in ${wait} s.`),
  );

const produce = async (work: NodeWork, scope: RunScope, context: ExecutionContext): Promise<Produced> => {
  const { node, observation } = work;
  const executor = work.findExecutor();
  const started = performance.now();
  let output: NodeOutput | null = null;
  try {
    await hooks("before", work, context, work.inputs);
    await executor.prepare?.(node, observation.executorPlan, context);
    output = await withHash(await executor.execute(node, observation.executorPlan, context), context);
    return { output, cached: adopt(work, output, (performance.now() - started) / 1000, scope) };
  } finally {
    await executor.finish?.(node, observation.executorPlan, context, output);
  }
};

const hooks = async (
  when: "before" | "after",
  work: NodeWork,
  context: ExecutionContext,
  inputs: readonly Relation[],
) => {
  if (work.node.config.hooks?.[when] === undefined) return;
  const { runHooks } = await import("./hooks.ts");
  await runHooks(when, work.node, context, inputs);
};

const withHash = async (output: NodeOutput, context: ExecutionContext): Promise<NodeOutput> => {
  if (output.file === null) return output;
  const hash = output.hash ?? (await hashOf(output.file, context));
  const extra: ExtraOutput[] = [];
  for (const table of output.extra ?? []) {
    extra.push({ ...table, hash: table.hash ?? (await hashOf(table.file, context)) });
  }
  return { ...output, hash, extra };
};

const hashOf = async (file: string, context: ExecutionContext): Promise<string> =>
  (await context.duckdb.inspectParquet(file, context.signal)).hash;

/** Moves the executor's files into the cache; a node without a table has none. */
const adopt = (work: NodeWork, output: NodeOutput, seconds: number, scope: RunScope): CachedOutput | null => {
  if (output.file === null || work.decision.fingerprint === null) return null;
  return scope.session.cache.adopt(output.file, work.node, {
    fingerprint: work.decision.fingerprint,
    hash: output.hash ?? "",
    extra: (output.extra ?? []).map((table) => ({ ...table, hash: table.hash ?? "" })),
    rows: output.rows,
    columns: output.columns,
    seconds,
    envHash: work.observation.definition.environment,
    artifactHash: artifactHash(work),
  });
};

/** After the table is there: its tests, its targets, then the checks that come after. `only` names the targets to write. */
const complete = async (
  work: NodeWork,
  scope: RunScope,
  context: ExecutionContext,
  produced: Produced,
  started: number,
  only: readonly string[] | null,
): Promise<NodeEnd> => {
  const { cached } = produced;
  const relation = cached === null ? null : relationOf(work, cached, scope);
  const output = only === null ? await withTests(work.node, context, relation, produced.output) : produced.output;
  // What fails its tests is not published; a rule's own table of failing rows is.
  const isFit = output.failure === undefined || produced.output.failure !== undefined;
  const written = cached === null || !isFit ? [] : await writeTargets(work, cached, context, only);
  const unfit = output.failure ?? (only === null ? await checksAfter(work, context, relation) : null);
  const error = failedTargets(work, written) ?? unfit;
  context.signal.throwIfAborted();
  if (unfit !== null && cached !== null) scope.session.cache.reject(cached.fingerprint);
  const seconds = (performance.now() - started) / 1000;
  const result = nodeResult(work.node, {
    status: statusAfter(output, error),
    seconds,
    rows: output.rows,
    outputPath: cached === null ? null : outputPathOf(work.node),
    error,
    metadata: metadataOf(work, { cached, output }, written, seconds),
  });
  const targets = cached === null ? {} : targetRecords(work, cached, written);
  const record = rolledBack(
    work,
    scope,
    error,
    recordOf(work, scope, result, { output: cached?.output ?? null, extra: cached?.extra, targets }),
  );
  const extra = extraRelations(work.node.id, cached?.extra, scope.session.cache.absolute);
  return { result, record, relation, extra, outputHash: cached === null ? null : tablesHash(cached) };
};

const relationOf = (work: NodeWork, cached: CachedOutput, scope: RunScope): Relation => ({
  id: work.node.id,
  file: scope.session.cache.absolute(cached.output),
  columns: cached.columns,
});

const checksAfter = async (
  work: NodeWork,
  context: ExecutionContext,
  relation: Relation | null,
): Promise<HeadraceError | null> => {
  try {
    await hooks("after", work, context, relation === null ? [] : [relation]);
    return null;
  } catch (thrown) {
    return toHeadraceError(thrown);
  }
};

/** With `on_failure: rollback` the former table stays the node's table when its targets or checks fail. */
const rolledBack = (work: NodeWork, scope: RunScope, error: HeadraceError | null, record: NodeRecord): NodeRecord => {
  const before = work.record;
  if (error === null || work.node.config.on_failure !== "rollback" || !before?.output) return record;
  const tables = scope.session.cache.linkAll({ output: before.output, extra: before.extra }, work.node);
  return { ...before, ...tables, status: "FAILED", targets: record.targets };
};

const failedEnd = (work: NodeWork, scope: RunScope, thrown: unknown, seconds: number, cancelled: boolean): NodeEnd => {
  const error = toHeadraceError(thrown);
  const result = nodeResult(work.node, { status: cancelled ? "CANCELLED" : "FAILED", seconds, error });
  const kept = {
    output: work.record?.output ?? null,
    extra: work.record?.extra,
    targets: work.record?.targets ?? {},
  };
  // A cancelled node is as if it had not been started.
  const record = cancelled ? null : withFormerTable(work, recordOf(work, scope, result, kept));
  return { result, record, relation: null, extra: [], outputHash: null };
};
