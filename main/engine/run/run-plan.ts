import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { RunSummary } from "../../../shared/run/index.ts";
import type { RunOptions } from "../engine.ts";
import { workerSlots } from "../open-hosts.ts";
import type { Decision } from "../plan/index.ts";
import { extraRelations, gitCommit, journalPath, openJournal, saveState, tablesHash } from "../state/index.ts";
import type { AttemptPolicy } from "./attempt.ts";
import { drain } from "./drain.ts";
import { DurableEnds } from "./durable-ends.ts";
import { gatesOf, type Gates } from "./gates.ts";
import { nodeLog, runScratch, type Emit, type RunScope } from "./node-context.ts";
import type { PreparedRun } from "./plan-run.ts";
import { plannedTargets } from "./planned-targets.ts";
import { runNode, type NodeEnd } from "./run-node.ts";
import { RunProgress } from "./run-progress.ts";
import { createSchedule } from "./schedule.ts";
import type { Session } from "./session.ts";
import { summarize } from "./summary.ts";
import { useCached } from "./use-cached.ts";

const snapshotEveryMs = 1000;
/** What a node that never ran is taken to cost. */
const unknownSeconds = 0.1;

interface RunRequest {
  readonly id: string;
  readonly options: RunOptions;
  readonly signal: AbortSignal;
  readonly on: Emit;
}

/** Carries a prepared run out. Everything it does to the outside is in the events. */
export const runPlan = async (session: Session, prepared: PreparedRun, run: RunRequest): Promise<RunSummary> => {
  const started = performance.now();
  mkdirSync(join(session.stateDir, "runs"), { recursive: true });
  mkdirSync(runScratch(session, run.id), { recursive: true });
  await using journal = openJournal(journalPath(session.stateDir, run.id));
  const emit: Emit = (event) => {
    if (event.type !== "progress") journal.append(event);
    run.on(event);
  };
  await markStarted(session, run.id);
  emit(plannedEvent(session, prepared, run));
  // A run that is killed at once is in the history all the same.
  await journal.flushed();

  const ends = new DurableEnds(journal);
  const progress = new RunProgress(session, ends, run.on);
  provideOutside(session, prepared, progress);
  const scope: RunScope = {
    session,
    runId: run.id,
    interval: prepared.interval,
    verbose: run.options.verbose,
    confirmed: run.options.confirm,
    emit,
  };
  const gates = gatesOf(prepared.nodes);
  const error = await drain(
    scheduleOf(session, prepared, gates),
    workersOf(run.options),
    nodeWork(prepared, progress, ends, scope, run, gates),
  );

  await ends.flushed();
  rmSync(runScratch(session, run.id), { recursive: true, force: true });
  const summary = summarize({
    runId: run.id,
    results: progress.results,
    savedSeconds: progress.savedSeconds,
    seconds: (performance.now() - started) / 1000,
    cancelled: run.signal.aborted,
    error,
  });
  emit({ type: "run_finished", runId: run.id, time: new Date().toISOString(), summary });
  await journal.flushed();
  await markEnded(session);
  return summary;
};

const plannedEvent = (session: Session, prepared: PreparedRun, run: RunRequest): Parameters<Emit>[0] => ({
  type: "planned",
  runId: run.id,
  time: new Date().toISOString(),
  plan: prepared.plan,
  gitCommit: gitCommit(session.project.root),
  options: { ...run.options },
});

/** From here until `markEnded` the journal knows more than the snapshot. */
const markStarted = async ({ state, stateDir }: Session, runId: string): Promise<void> => {
  Object.assign(state, { run_id: runId, complete: false });
  await saveState(stateDir, state);
};

const markEnded = async ({ state, stateDir }: Session): Promise<void> => {
  Object.assign(state, { last_run: new Date().toISOString(), complete: true });
  await saveState(stateDir, state);
};

/** Up-to-date ancestors that were not asked for are not part of the run, but its nodes read them. */
const provideOutside = (session: Session, prepared: PreparedRun, progress: RunProgress): void => {
  const inside = new Set(prepared.nodes.map((node) => node.id));
  for (const [id, { reuse }] of prepared.decisions) {
    if (inside.has(id) || reuse === null) continue;
    const relation = { id, file: session.cache.absolute(reuse.output), columns: reuse.columns };
    const extra = extraRelations(id, reuse.extra, session.cache.absolute);
    progress.provide(id, relation, extra, tablesHash(reuse));
  }
};

const workersOf = (options: RunOptions): number => Math.max(1, options.maxWorkers ?? workerSlots);

const scheduleOf = (session: Session, prepared: PreparedRun, gates: Gates): ReturnType<typeof createSchedule> =>
  createSchedule(
    prepared.nodes.map((node) => {
      const last = session.state.nodes[node.id]?.duration_ms;
      const inputs = [...node.inputs, ...(gates.get(node.id) ?? [])];
      return { id: node.id, inputs, expected: last === undefined ? unknownSeconds : last / 1000 };
    }),
  );

const policyOf = (node: PipelineNode, options: RunOptions): AttemptPolicy => ({
  node: node.id,
  attempts: options.retryAttempts ?? node.config.retry?.attempts ?? 1,
  backoffSeconds: node.config.retry?.backoff ?? 1,
  on: node.config.retry?.on ?? null,
  timeoutSeconds: options.timeoutSeconds ?? node.config.timeout ?? null,
});

/** What a worker does with a node whose inputs are done. */
const nodeWork = (
  prepared: PreparedRun,
  progress: RunProgress,
  ends: DurableEnds,
  scope: RunScope,
  run: RunRequest,
  gates: Gates,
) => {
  const byId = new Map(prepared.nodes.map((node) => [node.id, node]));
  const { session } = scope;
  let lastSnapshot = performance.now();
  return async (id: string): Promise<void> => {
    const node = byId.get(id);
    if (node === undefined) return;
    const stop = reasonToStop(progress, run);
    const broken = progress.brokenInput(node);
    const closed = progress.closedGate(gates.get(id) ?? []);
    if (stop !== null) progress.skip(node, stop);
    else if (broken !== null) progress.skip(node, `${broken} has no result`);
    else if (closed !== null) progress.skip(node, `${closed} is violated and blocks the readers of what it checks`);
    else await runOne(node, prepared, progress, scope, run);
    if (performance.now() - lastSnapshot < snapshotEveryMs) return;
    lastSnapshot = performance.now();
    await ends.flushed();
    await saveState(session.stateDir, session.state);
  };
};

const reasonToStop = (progress: RunProgress, run: RunRequest): string | null => {
  if (run.signal.aborted) return "the run was cancelled";
  return progress.failures > 0 && !run.options.continueOnError ? "an earlier node failed" : null;
};

const runOne = async (
  node: PipelineNode,
  prepared: PreparedRun,
  progress: RunProgress,
  scope: RunScope,
  run: RunRequest,
): Promise<void> => {
  // Decided again: the inputs' outputs are known now, and equal ones leave this node as it is.
  await prepared.lookAgain(node);
  if (run.signal.aborted) return progress.skip(node, "the run was cancelled");
  const decided = await prepared.decide(node, progress.outputHashes(node), []);
  const decision = await prepared.withStores(node, decided, nodeLog(node.id, scope.emit));
  const observation = prepared.observations.get(node.id);
  if (decision.action === "skip" || observation === undefined) {
    return progress.skip(node, decision.reasons[0]?.text ?? "disabled");
  }
  if (decision.action === "cached") return progress.finish(node, cachedEnd(node, decision, progress, scope, prepared));
  rememberPackages(scope.session, observation);
  const work = {
    node,
    findExecutor: () => prepared.executorOf(node),
    observation: { ...observation, error: observation.error ?? progress.missingTable(node) },
    decision,
    record: scope.session.state.nodes[node.id],
    inputs: progress.relations(node),
    policy: policyOf(node, run.options),
    targets: plannedTargets(node, prepared.servers),
    materialize: run.options.materialize,
  };
  progress.finish(node, await runNode(work, scope, run.signal));
};

const cachedEnd = (
  node: PipelineNode,
  { reuse, parts }: Decision,
  progress: RunProgress,
  scope: RunScope,
  prepared: PreparedRun,
): NodeEnd => {
  if (reuse === null || parts === null) throw new Error(`${node.id} was decided to be cached without an output`);
  progress.savedSeconds += reuse.seconds;
  const definitionHash = prepared.observations.get(node.id)?.definitionHash ?? "";
  return useCached(scope.session, { node, found: reuse, parts, definitionHash, runId: scope.runId });
};

/** So that the next plan can say which package changed. */
const rememberPackages = (
  session: Session,
  observation: NonNullable<ReturnType<PreparedRun["observations"]["get"]>>,
): void => {
  const { environment } = observation.definition;
  if (environment === null || observation.packages === null) return;
  session.state.environments[environment] = observation.packages;
};
