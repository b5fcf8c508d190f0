import type { GraphNode } from "./graph-store.ts";
import type { LiveNode } from "./run-store.ts";
import type { ProblemView } from "../../shared/api/index.ts";
import type { PlanStep } from "../../shared/run/index.ts";
import { text } from "../text/text.ts";

/** How a card looks; each has a glyph of its own, so that colour is never the only sign. */
export type NodeState =
  | "unconfigured"
  | "input-missing"
  | "invalid"
  | "stale"
  | "queued"
  | "running"
  | "building"
  | "cached"
  | "ok"
  | "warning"
  | "failed"
  | "cancelled"
  | "skipped"
  | "disabled";

export interface NodeStateView {
  readonly state: NodeState;
  /** Why, in words: the problem, the stale reason, the error. Empty when the state says it all. */
  readonly why: string;
}

/** The state of a card whose node ended so. */
export const stateOfStatus = {
  PENDING: "queued",
  RUNNING: "running",
  SUCCESS: "ok",
  WARNING: "warning",
  FAILED: "failed",
  CACHED: "cached",
  SKIPPED: "skipped",
  CANCELLED: "cancelled",
} as const satisfies Record<string, NodeState>;

const say = (state: NodeState, why = ""): NodeStateView => ({ state, why });

const reasonsOf = (step: PlanStep): string => step.reasons.map(({ text: reason }) => reason).join("; ");

/** What the card shows: what stands in its way, else what is going on, else what the last run left, else what is stale. */
export const nodeState = (
  node: GraphNode,
  step: PlanStep | null,
  live: LiveNode | null,
  isMissingInput: boolean,
): NodeStateView => {
  if (node.type === "broken") return say("invalid", placed(node.view.problem));
  const { problem, enabled, lastRun, inputs, language, kind, isBroken } = node.view;
  // What runs is what could be read when the run began.
  const isGoing = live?.phase === "running" || live?.phase === "queued";
  if (isBroken && problem !== null && !isGoing) return say("invalid", placed(problem));
  if (!enabled) return say("disabled");
  if (live?.phase === "running") return say(isBuilding(live) ? "building" : "running", live.doing ?? "");
  if (live?.phase === "queued") return say("queued");
  if (isMissingInput || problem?.code === "input_unknown") return say("input-missing", problem?.message ?? "");
  if (problem?.severity === "error") {
    const isEmpty = language === "none" && inputs.length === 0 && kind !== "source";
    return say(isEmpty ? "unconfigured" : "invalid", problem.message);
  }
  const status = live?.result?.status ?? lastRun?.status ?? null;
  const error = live?.result?.error_message ?? "";
  if (status === "FAILED" || status === "CANCELLED") return say(stateOfStatus[status], error);
  // Until the next run it is what did not come to pass, though that run would do it too.
  if (live?.result?.status === "SKIPPED") {
    const because = live.result.metadata["skipped_because"];
    return say("skipped", typeof because === "string" ? because : "");
  }
  const warnings = live?.result?.metadata.warnings ?? lastRun?.warnings ?? [];
  const isStale = step !== null && (step.action === "run" || step.action === "check" || step.action === "materialize");
  if (isStale) return say("stale", reasonsOf(step));
  if (status === null) return say("stale", text.state.neverRan);
  return say(stateOfStatus[status], warnings.slice(0, 3).join("; "));
};

/** Why a file cannot be read, and where to look. */
const placed = ({ message, location }: ProblemView): string =>
  location === null ? message : text.state.atLine(location.line, message);

const isBuilding = (live: LiveNode): boolean => live.doing?.includes("environment") ?? false;
