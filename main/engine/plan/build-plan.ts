import type { NodeId, PipelineNode } from "../../../shared/graph/index.ts";
import type { Plan, PlanAction, PlanStep } from "../../../shared/run/index.ts";
import { tablesHash, type NodeRecord } from "../state/index.ts";
import type { Decision } from "./decide.ts";

export interface PlannedNode {
  readonly node: PipelineNode;
  readonly decision: Decision;
  readonly targets: readonly string[];
  readonly details?: readonly string[] | undefined;
}

const emptyCounts = (): Record<PlanAction, number> => ({ run: 0, check: 0, cached: 0, materialize: 0, skip: 0 });

/** The output hash that consumers see; nodes without a table have a constant one. */
const outputHashOf = (decision: Decision): string | null => {
  if (decision.action !== "cached" && decision.action !== "materialize") return null;
  return decision.reuse === null ? null : tablesHash(decision.reuse);
};

/**
 * Plans nodes in dependency order. `selected` is what the person asked for; `nodes` holds those and all their
 * ancestors, of which only the ones without an up-to-date output join the run.
 */
export const planNodes = async (
  nodes: readonly PipelineNode[],
  decide: (node: PipelineNode, upstream: readonly string[] | null, pending: readonly NodeId[]) => Promise<Decision>,
): Promise<ReadonlyMap<NodeId, Decision>> => {
  const decisions = new Map<NodeId, Decision>();
  for (const node of nodes) {
    const hashes = node.inputs.map((id) => {
      const decision = decisions.get(id);
      return decision === undefined ? null : outputHashOf(decision);
    });
    const known = hashes.filter((hash) => hash !== null);
    const pending = node.inputs.filter((_id, index) => hashes[index] === null);
    decisions.set(node.id, await decide(node, known.length === hashes.length ? known : null, pending));
  }
  return decisions;
};

/** Turns decisions into the plan that people and programs read. */
export const toPlan = (planned: readonly PlannedNode[], records: Readonly<Record<NodeId, NodeRecord>>): Plan => {
  const counts = emptyCounts();
  const steps = planned.map(({ node, decision, targets, details = [] }): PlanStep => {
    counts[decision.action] += 1;
    const last = records[node.id]?.duration_ms;
    return {
      node: node.id,
      kind: node.kind,
      action: decision.action,
      reasons: decision.reasons,
      inputs: node.inputs,
      expectedSeconds: last === undefined ? null : last / 1000,
      targets,
      ...(details.length > 0 ? { details } : {}),
    };
  });
  return { steps, counts };
};
