import { type Node, type NodeHandle, Position } from "@xyflow/react";

import { cardHeight, cardWidth, graph, type GraphNode } from "../../store/graph-store.ts";
import { portsOf } from "../ports.ts";

/** Ports are drawn this large, in canvas units. */
const portSize = 14;

const handle = (type: "source" | "target"): NodeHandle => ({
  id: null,
  type,
  position: type === "source" ? Position.Right : Position.Left,
  x: (type === "source" ? cardWidth : 0) - portSize / 2,
  y: (cardHeight - portSize) / 2,
  width: portSize,
  height: portSize,
});

const target = handle("target");
const source = handle("source");
const none: Readonly<Record<string, unknown>> = {};

/** React Flow is given every size and place, so that it has nothing to measure. */
const flowNode = (node: GraphNode, x: number, y: number): Node => {
  const { input, output } = portsOf(node);
  return {
    id: node.id,
    type: "card",
    position: { x, y },
    data: none,
    width: cardWidth,
    height: cardHeight,
    measured: { width: cardWidth, height: cardHeight },
    handles: [...(input === null ? [] : [target]), ...(output === null ? [] : [source])],
    draggable: false,
    selectable: false,
    focusable: false,
    // The card inside speaks for itself.
    ariaRole: "presentation",
    domAttributes: { "aria-roledescription": undefined },
  };
};

/** Makes React Flow's nodes of ids, the same object for a card that did not change. */
export const flowNodes = (): ((ids: readonly string[]) => Node[]) => {
  let made = new Map<string, { readonly of: GraphNode; readonly node: Node }>();
  return (ids) => {
    const next: typeof made = new Map();
    for (const id of ids) {
      const slot = graph.slotOf(id);
      const of = graph.nodeAt(slot);
      if (of === null) continue;
      const [x = 0, y = 0] = [graph.x[slot], graph.y[slot]];
      const known = made.get(id);
      const isSame = known?.of === of && known.node.position.x === x && known.node.position.y === y;
      next.set(id, isSame ? known : { of, node: flowNode(of, x, y) });
    }
    made = next;
    return [...next.values()].map(({ node }) => node);
  };
};
