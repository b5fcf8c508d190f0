import { toHeadraceError, type HeadraceError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Executor, InputsProbe, RunInterval } from "../executors/executor.ts";
import type { PythonRunner } from "../python/python-runner.ts";
import type { NodeRecord } from "../state/index.ts";
import { definitionHash, definitionParts, type DefinitionParts } from "./fingerprint.ts";

/** What was seen of a node before deciding about it: everything a decision needs besides its inputs' outputs. */
export interface Observation {
  readonly executorPlan: unknown;
  readonly definition: DefinitionParts;
  readonly definitionHash: string;
  /** Outside state by name; `null` when it cannot be known, so the node runs every time. */
  readonly external: Readonly<Record<string, string>> | null;
  /** Outside state that only a server tells, of a node that never ran: it is asked when the node runs. */
  readonly isUnasked: boolean;
  /** Why nodes of this kind run every time, where they do. */
  readonly everyRun: string | null;
  readonly packages: Readonly<Record<string, string>> | null;
  /** What makes the node impossible to run; it fails with this. */
  readonly error: HeadraceError | null;
}

export interface Observer {
  readonly executors: Readonly<Record<string, Executor>>;
  readonly probe: InputsProbe;
  readonly python: PythonRunner;
  readonly interval: RunInterval;
  readonly intervalGiven: boolean;
  readonly now: number;
}

/** Whether `cache.ttl` still vouches for the node's last output. */
export const withinTtl = (node: PipelineNode, record: NodeRecord | undefined, now: number): boolean => {
  const ttl = node.config.cache?.ttl;
  if (ttl === undefined || record === undefined || record.output === null) return false;
  return now - Date.parse(record.last_run) < ttl * 1000;
};

const failed = (error: unknown): Observation => ({
  executorPlan: null,
  definition: { code: "", config: "", params: "", environment: null, engine: "", inputs: [], interval: null },
  definitionHash: "",
  external: null,
  isUnasked: false,
  everyRun: null,
  packages: null,
  error: toHeadraceError(error),
});

/** Looks at one node: its plan, its locked environment and what lies outside the project's definition. */
export const observeNode = async (
  node: PipelineNode,
  findExecutor: () => Executor,
  record: NodeRecord | undefined,
  observer: Observer,
): Promise<Observation> => {
  try {
    const executor = findExecutor();
    executor.validate?.(node, observer.probe.project);
    const executorPlan = executor.plan(node, observer.probe.project, observer.interval);
    const python = node.body?.language === "python" ? node.body : executor.environmentBody?.(node, executorPlan);
    const environment = python === undefined ? null : await observer.python.resolve(python, observer.probe.signal);
    const definition = definitionParts(node, executor, executorPlan, {
      interval: observer.interval,
      intervalGiven: observer.intervalGiven,
      environment: environment?.envHash ?? null,
    });
    const trusted = record !== undefined && withinTtl(node, record, observer.now);
    const state =
      executor.inputsState === undefined || trusted
        ? null
        : await executor.inputsState(node, executorPlan, observer.probe);
    const isUnasked = state === "unasked";
    const seen = isUnasked ? null : (state?.parts ?? null);
    const external = executor.inputsState === undefined ? {} : trusted ? record.parts.external : seen;
    return {
      executorPlan,
      definition,
      definitionHash: definitionHash(definition),
      external,
      isUnasked,
      everyRun: executor.everyRun ?? null,
      packages: environment?.packages ?? null,
      error: null,
    };
  } catch (error) {
    observer.probe.signal.throwIfAborted();
    return failed(error);
  }
};
