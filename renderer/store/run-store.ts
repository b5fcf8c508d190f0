// What runs and plans say about each node, apart from the graph: ten thousand progress events wake ten cards.

import type { RunEvents } from "../../shared/api/index.ts";
import type { NodeResult, Plan, PlanStep, RunEvent, RunSummary } from "../../shared/run/index.ts";
import { Channels } from "./channels.ts";

/** A node in the run under way, or in the last one that this window saw. */
export interface LiveNode {
  readonly phase: "queued" | "running" | "finished";
  /** `building environment`, `writing analytics.orders`; `null` when it did not say. */
  readonly doing: string | null;
  /** 0 to 1, `null` when it cannot be known. */
  readonly fraction: number | null;
  readonly rows: number | null;
  /** ISO 8601. */
  readonly startedAt: string | null;
  /** While its environment was prepared, where it needs one. */
  readonly environmentFrom: string | null;
  readonly environmentUntil: string | null;
  readonly finishedAt: string | null;
  readonly attempt: number;
  readonly result: NodeResult | null;
}

export interface LiveRun {
  readonly runId: string;
  readonly startedAt: string;
  readonly plan: Plan;
  readonly summary: RunSummary | null;
}

export interface LogLine {
  readonly number: number;
  readonly node: string | null;
  readonly time: string;
  readonly level: "debug" | "info" | "warning" | "error";
  readonly stream: "stdout" | "stderr" | "log";
  readonly text: string;
}

/** `run`: started, finished or replaced. `plan`: what is stale. `logs`: lines came. A node's id: that node. */
export type RunChannel = "run" | "plan" | "logs" | `node:${string}`;

/** Oldest lines make room; the journal keeps them all. */
const maxLogLines = 20_000;

const queued: LiveNode = {
  phase: "queued",
  doing: null,
  fraction: null,
  rows: null,
  startedAt: null,
  environmentFrom: null,
  environmentUntil: null,
  finishedAt: null,
  attempt: 1,
  result: null,
};

export class RunStore {
  readonly #channels = new Channels<RunChannel>();
  readonly #everyNode = new Set<(id: string) => void>();
  #nodes = new Map<string, LiveNode>();
  #steps: ReadonlyMap<string, PlanStep> = new Map();
  #plan: Plan | null = null;
  #run: LiveRun | null = null;
  readonly #logs: LogLine[] = [];
  #lastLog = 0;

  get run(): LiveRun | null {
    return this.#run;
  }

  get isRunning(): boolean {
    return this.#run !== null && this.#run.summary === null;
  }

  /** The plan for everything as things are now; `null` while it is not known. */
  get plan(): Plan | null {
    return this.#plan;
  }

  /** Grows in place; `lastLog` tells that it did. */
  get logs(): readonly LogLine[] {
    return this.#logs;
  }

  get lastLog(): number {
    return this.#lastLog;
  }

  live(id: string): LiveNode | null {
    return this.#nodes.get(id) ?? null;
  }

  step(id: string): PlanStep | null {
    return this.#steps.get(id) ?? null;
  }

  on(channel: RunChannel, listener: () => void): () => void {
    return this.#channels.on(channel, listener);
  }

  onNode(id: string, listener: () => void): () => void {
    return this.#channels.on(`node:${id}`, listener);
  }

  /** Calls the listener with each node whose state may differ. */
  onEachNode(listener: (id: string) => void): () => void {
    this.#everyNode.add(listener);
    return () => this.#everyNode.delete(listener);
  }

  /** What a run would do now. Nodes whose answer is the same are not woken. */
  setPlan(plan: Plan | null): void {
    const steps = new Map(plan?.steps.map((step) => [step.node, step]));
    const before = this.#steps;
    this.#steps = steps;
    this.#plan = plan;
    const ids = new Set([...before.keys(), ...steps.keys()]);
    this.#wake([...ids].filter((id) => !sameStep(before.get(id), steps.get(id))));
    this.#channels.tell("plan");
  }

  /** Applies a batch and wakes each node once, however many of its events are in it. */
  apply({ runId, events }: RunEvents): void {
    const woken = new Set<string>();
    const logged = this.#lastLog;
    let runChanged = false;
    for (const event of events) {
      if (event.type === "planned") {
        for (const id of this.#begin(runId, event)) woken.add(id);
        runChanged = true;
      } else if (event.type === "run_finished") {
        this.#end(event.summary);
        for (const [id, live] of this.#nodes) if (live.phase !== "finished") woken.add(id);
        runChanged = true;
      } else if (event.type === "log") this.#log(event);
      else {
        this.#nodes.set(event.node, advance(this.#nodes.get(event.node) ?? queued, event));
        woken.add(event.node);
      }
    }
    this.#wake(woken);
    if (this.#lastLog !== logged) this.#channels.tell("logs");
    if (runChanged || woken.size > 0) this.#channels.tell("run");
  }

  clear(): void {
    const ids = [...this.#nodes.keys()];
    this.#nodes = new Map();
    this.#run = null;
    this.#logs.length = 0;
    this.setPlan(null);
    this.#wake(ids);
    this.#channels.tell("run");
    this.#channels.tell("logs");
  }

  #wake(ids: Iterable<string>): void {
    for (const id of ids) {
      this.#channels.tell(`node:${id}`);
      for (const listener of this.#everyNode) listener(id);
    }
  }

  /** Returns every node whose state may differ. */
  #begin(runId: string, event: RunEvent & { readonly type: "planned" }): Iterable<string> {
    const before = this.#nodes;
    const active = event.plan.steps.filter(({ action }) => action !== "cached" && action !== "skip");
    this.#nodes = new Map(active.map(({ node }) => [node, queued]));
    this.#run = { runId, startedAt: event.time, plan: event.plan, summary: null };
    this.#logs.length = 0;
    return [...before.keys(), ...this.#nodes.keys()];
  }

  #end(summary: RunSummary): void {
    if (this.#run !== null) this.#run = { ...this.#run, summary };
    for (const [id, live] of this.#nodes) if (live.phase !== "finished") this.#nodes.delete(id);
  }

  #log({ node, time, level, stream, text }: RunEvent & { readonly type: "log" }): void {
    if (this.#logs.length >= maxLogLines) this.#logs.splice(0, maxLogLines / 10);
    this.#logs.push({ number: ++this.#lastLog, node, time, level, stream, text });
  }
}

type NodeEvent = RunEvent & { readonly type: "started" | "progress" | "finished" };

const advance = (live: LiveNode, event: NodeEvent): LiveNode => {
  switch (event.type) {
    case "started":
      return { ...queued, phase: "running", startedAt: event.time, attempt: event.attempt };
    case "progress":
      return {
        ...live,
        ...environmentTimes(live, event),
        phase: "running",
        doing: event.phase,
        fraction: event.fraction,
        rows: event.rows,
      };
    default:
      return { ...live, phase: "finished", finishedAt: event.time, result: event.result, fraction: null };
  }
};

/** Whether what a node says it is doing is about its environment. */
const isEnvironment = (doing: string): boolean => doing.toLowerCase().includes("environment");

const environmentTimes = (
  { environmentFrom, environmentUntil }: LiveNode,
  { phase, time }: NodeEvent & { readonly type: "progress" },
): Pick<LiveNode, "environmentFrom" | "environmentUntil"> => {
  if (isEnvironment(phase)) return { environmentFrom: environmentFrom ?? time, environmentUntil: null };
  return { environmentFrom, environmentUntil: environmentFrom === null ? null : (environmentUntil ?? time) };
};

const sameStep = (a: PlanStep | undefined, b: PlanStep | undefined): boolean =>
  a?.action === b?.action && a?.reasons.map(({ text }) => text).join() === b?.reasons.map(({ text }) => text).join();

/** The window's runs. */
export const runs = new RunStore();

/** Nodes that a run would do something about; `null` while that is not known. */
export const staleCount = (): number | null => {
  const counts = runs.plan?.counts;
  return counts === undefined ? null : counts.run + counts.check + counts.materialize;
};
