import { isKind, type NodeId, type PipelineNode } from "../../../shared/graph/index.ts";

/** Rules that a node waits for although it does not read them. */
export type Gates = ReadonlyMap<NodeId, readonly NodeId[]>;

const blocks = (node: PipelineNode): boolean => isKind(node, "rule") && node.config.on_error === "block";

/** `on_error: block`: the rule's verdict stands before every other reader of what it checks. */
export const gatesOf = (nodes: readonly PipelineNode[]): Gates => {
  const gates = new Map<NodeId, NodeId[]>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const rule of nodes) {
    const [checked] = rule.inputs;
    if (!blocks(rule) || checked === undefined) continue;
    // What the rule itself needs, gates so far included, cannot wait for it.
    const before = needed(rule, byId, gates);
    for (const node of nodes) {
      if (node.kind === "rule" || before.has(node.id) || !node.inputs.includes(checked)) continue;
      if (!node.inputs.includes(rule.id)) gates.set(node.id, [...(gates.get(node.id) ?? []), rule.id]);
    }
  }
  return gates;
};

const needed = (rule: PipelineNode, byId: ReadonlyMap<NodeId, PipelineNode>, gates: Gates): ReadonlySet<NodeId> => {
  const seen = new Set<NodeId>([rule.id]);
  const open = [rule.id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const input of [...(byId.get(id)?.inputs ?? []), ...(gates.get(id) ?? [])]) {
      if (seen.has(input)) continue;
      seen.add(input);
      open.push(input);
    }
  }
  return seen;
};
