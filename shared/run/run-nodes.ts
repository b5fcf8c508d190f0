// What a run did to each of its nodes, told from its events.

import type { RunEvent } from "./events.ts";
import type { PlanStep } from "./plan.ts";
import type { NodeResult, NodeStatus } from "./result.ts";

/** A node of a run. Nodes that were up to date leave no result of their own in the journal: the plan tells of them. */
export interface RunNode {
  readonly node: string;
  readonly kind: string;
  readonly status: NodeStatus;
  readonly reasons: readonly string[];
  /** `null` for a node that did not run. */
  readonly result: NodeResult | null;
}

/** The run's nodes in the plan's order. In a run that was killed, nodes that it did not reach are PENDING. */
export const runNodes = (events: readonly RunEvent[]): readonly RunNode[] => {
  const steps = events.find((event) => event.type === "planned")?.plan.steps ?? [];
  const results = new Map(events.flatMap((event) => (event.type === "finished" ? [[event.node, event.result]] : [])));
  const isWhole = events.at(-1)?.type === "run_finished";
  return steps.map((step) => {
    const result = results.get(step.node) ?? null;
    const status = result?.status ?? statusOf(step, isWhole);
    return { node: step.node, kind: step.kind, status, reasons: reasonsOf(step, status), result };
  });
};

const statusOf = ({ action }: PlanStep, isWhole: boolean): NodeStatus => {
  if (action === "cached" || (action === "check" && isWhole)) return "CACHED";
  return action === "skip" || isWhole ? "SKIPPED" : "PENDING";
};

const reasonsOf = ({ action, reasons }: PlanStep, status: NodeStatus): readonly string[] =>
  status === "CACHED" && action === "check" ? ["inputs came out the same"] : reasons.map(({ text }) => text);
