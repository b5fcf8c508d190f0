import { ExecutorNotFoundError, ProjectError } from "../../../shared/errors/index.ts";
import { topologicalOrder, type NodeId, type PipelineNode } from "../../../shared/graph/index.ts";
import type { Plan } from "../../../shared/run/index.ts";
import type { PlanOptions } from "../engine.ts";
import type { Executor, InputsProbe, Log, RunInterval, StorePlace } from "../executors/executor.ts";
import {
  decideNode,
  observeNode,
  planNodes,
  reason,
  toPlan,
  type Decision,
  type Observation,
  type Observer,
} from "../plan/index.ts";
import { chooseNodes } from "./choose-nodes.ts";
import { findServers, plannedTargets, type Servers } from "./planned-targets.ts";
import { createProbe, type Session } from "./session.ts";
import { withStaleStores } from "./stale-stores.ts";

/** A plan with what the runner needs to carry it out. */
export interface PreparedRun {
  readonly plan: Plan;
  readonly interval: RunInterval;
  readonly servers: Servers;
  /** The plan's nodes in dependency order. */
  readonly nodes: readonly PipelineNode[];
  /** Decisions about the plan's nodes and all their ancestors. */
  readonly decisions: ReadonlyMap<NodeId, Decision>;
  readonly observations: ReadonlyMap<NodeId, Observation>;
  decide(node: PipelineNode, upstream: readonly string[] | null, pending: readonly NodeId[]): Promise<Decision>;
  /** A decision with what the node's stores, servers included, ask for. */
  withStores(node: PipelineNode, decision: Decision, log: Log): Promise<Decision>;
  /** Looks anew at a node whose inputs are done, where its kind asks for it or a server has not been asked yet. */
  lookAgain(node: PipelineNode): Promise<void>;
  executorOf(node: PipelineNode): Executor;
}

const findExecutor = (session: Session, node: PipelineNode): Executor => {
  const executor = session.executors[node.kind];
  if (executor !== undefined) return executor;
  throw new ExecutorNotFoundError("executor_not_found", {
    node: node.id,
    location: node.location,
    params: { node: node.id, kind: node.kind, known: Object.keys(session.executors) },
  });
};

/** Nodes asked for and everything they read, in dependency order. */
const withAncestors = (project: Session["project"], chosen: ReadonlySet<NodeId>): readonly PipelineNode[] => {
  const wanted = new Set(chosen);
  const open = [...chosen];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const input of project.nodes.get(id)?.inputs ?? []) {
      if (wanted.has(input)) continue;
      wanted.add(input);
      open.push(input);
    }
  }
  const inputs = new Map([...project.nodes].filter(([id]) => wanted.has(id)).map(([id, node]) => [id, node.inputs]));
  return topologicalOrder(inputs).order.flatMap((id) => project.nodes.get(id) ?? []);
};

const today = (): string => new Date().toISOString().slice(0, 10);

const intervalFrom = (options: PlanOptions): RunInterval => ({
  date: options.interval.date ?? options.interval.end?.slice(0, 10) ?? today(),
  start: options.interval.start ?? null,
  end: options.interval.end ?? null,
});

const refuseBrokenProjects = (session: Session): void => {
  const errors = session.project.problems.filter((problem) => problem.severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  throw new ProjectError("project_has_errors", {
    location: first.location ?? undefined,
    params: { count: errors.length, first: first.message },
    next: errors.length === 1 ? first.next : undefined,
  });
};

/** Sees every node of the run, then decides about each in order. Throws when the project or the selection is wrong. */
export const prepareRun = async (session: Session, options: PlanOptions, signal: AbortSignal): Promise<PreparedRun> => {
  refuseBrokenProjects(session);
  const servers = await findServers(session.project, session.project.nodes.values());
  const interval = intervalFrom(options);
  const now = Date.now();
  const observer = (reach: InputsProbe["reach"]): Observer => ({
    executors: session.executors,
    probe: createProbe(session, reach, signal),
    python: session.python,
    interval,
    intervalGiven: Object.values(options.interval).some((value) => value !== undefined && value !== null),
    now,
  });
  const observations = new Map<NodeId, Observation>();
  const look = async (node: PipelineNode, reach: InputsProbe["reach"]): Promise<void> => {
    const record = session.state.nodes[node.id];
    observations.set(node.id, await observeNode(node, () => findExecutor(session, node), record, observer(reach)));
  };
  /** Nothing has to be asked about a node that never ran to know that it runs. */
  const lookFirst = (node: PipelineNode): Promise<void> =>
    look(node, session.state.nodes[node.id] === undefined ? "files" : "everything");
  const observe = (nodes: readonly PipelineNode[]): Promise<unknown> =>
    Promise.all(nodes.filter((node) => !observations.has(node.id) && node.config.enabled).map(lookFirst));

  const decideFor =
    (chosen: ReadonlySet<NodeId>) =>
    (node: PipelineNode, upstream: readonly string[] | null, pending: readonly NodeId[]): Promise<Decision> => {
      const record = session.state.nodes[node.id];
      const observation = observations.get(node.id) ?? disabledObservation;
      const before = record?.parts.environment ?? null;
      return decideNode({
        node,
        observation,
        record,
        upstream,
        pending,
        forced: options.full && chosen.has(node.id),
        targets: options.materialize && chosen.has(node.id) ? plannedTargets(node, servers) : [],
        now,
        packagesBefore: before === null ? undefined : session.state.environments[before],
        find: (fingerprint) => session.cache.find(fingerprint),
        verify: (tables) => session.cache.verifyAll(tables),
      });
    };

  const withStores = async (
    node: PipelineNode,
    decision: Decision,
    reach: StorePlace["reach"],
    log?: Log,
  ): Promise<Decision> => {
    const executor = session.executors[node.kind];
    const observation = observations.get(node.id);
    if (executor === undefined || observation === undefined || observation.error !== null) return decision;
    const { targetPath, project } = session;
    const { executorPlan } = observation;
    return withStaleStores(decision, {
      node,
      executor,
      executorPlan,
      place: { targetPath, project, reach, signal },
      log,
    });
  };

  const planAll = async (chosen: ReadonlySet<NodeId>) => {
    const scope = withAncestors(session.project, chosen);
    await observe(scope);
    const decide = skippingDisabledInputs(session, decideFor(chosen));
    const decisions = await planNodes(scope, async (node, ...known) => {
      const decision = await decide(node, ...known);
      return chosen.has(node.id) ? withStores(node, decision, "files") : decision;
    });
    return { scope, decide, decisions };
  };

  const chosen = await chooseNodes(session.project, options, async () => {
    const all = new Set(session.project.nodes.keys());
    const { decisions } = await planAll(all);
    return { decisions, observations, records: session.state.nodes };
  });
  const { scope, decide, decisions } = await planAll(chosen);
  const nodes = scope.filter((node) => chosen.has(node.id) || decisions.get(node.id)?.action !== "cached");
  const planned = nodes.flatMap((node) => {
    const decision = decisions.get(node.id);
    if (decision === undefined) return [];
    const isWritten = options.materialize && chosen.has(node.id);
    const targets = isWritten ? plannedTargets(node, servers).map((target) => target.name) : [];
    return [{ node, decision, targets, details: detailsOf(session, node, observations.get(node.id)) }];
  });
  return {
    plan: toPlan(planned, session.state.nodes),
    interval,
    servers,
    nodes,
    decisions,
    observations,
    decide,
    withStores: (node, decision, log) =>
      chosen.has(node.id) ? withStores(node, decision, "everything", log) : Promise.resolve(decision),
    lookAgain: async (node) => {
      const seen = observations.get(node.id);
      const looksAgain = seen?.isUnasked === true || session.executors[node.kind]?.looksAgain === true;
      if (seen === undefined || !looksAgain) return;
      await look(node, "everything").catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },
    executorOf: (node) => findExecutor(session, node),
  };
};

/** What the node's kind tells of its plan. */
const detailsOf = (session: Session, node: PipelineNode, seen: Observation | undefined): readonly string[] =>
  seen === undefined || seen.error !== null ? [] : (session.executors[node.kind]?.describe?.(seen.executorPlan) ?? []);

const disabledObservation: Observation = {
  executorPlan: null,
  definition: { code: "", config: "", params: "", environment: null, engine: "", inputs: [], interval: null },
  definitionHash: "",
  external: {},
  isUnasked: false,
  everyRun: null,
  packages: null,
  error: null,
};

/** A node that reads a disabled one has nothing to read: it is left out too, and says so. */
const skippingDisabledInputs = (session: Session, decide: PreparedRun["decide"]): PreparedRun["decide"] => {
  const skipped = new Set<NodeId>();
  return async (node, upstream, pending) => {
    const off = node.inputs.find((id) => skipped.has(id) || session.project.nodes.get(id)?.config.enabled === false);
    if (off === undefined) return decide(node, upstream, pending);
    skipped.add(node.id);
    return {
      action: "skip",
      reasons: [reason("disabled", `its input ${off} is disabled`, off)],
      parts: null,
      fingerprint: null,
      reuse: null,
      staleTargets: [],
    };
  };
};
