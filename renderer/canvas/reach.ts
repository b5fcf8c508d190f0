import { cardHeight, cardWidth, type GraphStore } from "../store/graph-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";
import { grow, unite } from "./areas.ts";
import { type EdgeShape, edgeShape } from "./edge-shape.ts";
import type { GroupFrame } from "./items/canvas-items.ts";

/** Ports stand out of a card, and what is drawn larger than life from afar out of everything. */
const outUnits = 14;
const outPixels = 4;
/** A collapsed group is drawn as a pile, this far out of its box. */
const pile = 8;

/** What lines and ports can cover around a rectangle. */
export const withBorder = (area: Rectangle, zoom: number): Rectangle => grow(area, outUnits + outPixels / zoom);

/** What a group's frame, or the pile that stands for it, covers. */
export const groupReach = ({ box, isCollapsed }: GroupFrame): Rectangle =>
  isCollapsed ? { ...box, top: box.top - pile, right: box.right + pile } : box;

/** The rectangle that a curve cannot leave. */
export const hullOf = ({ startX, startY, endX, endY, bend }: EdgeShape): Rectangle => ({
  left: Math.min(startX, endX - bend),
  top: Math.min(startY, endY),
  right: Math.max(endX, startX + bend),
  bottom: Math.max(startY, endY),
});

/** Where a card is seen: one in a collapsed group where the group's box is. */
const seenAt = (graph: GraphStore, slot: number): Rectangle => {
  const { x, y } = graph.shown.standIn(slot) ?? { x: graph.x[slot] ?? 0, y: graph.y[slot] ?? 0 };
  return { left: x, top: y, right: x + cardWidth, bottom: y + cardHeight };
};

/** The rectangle around cards; `null` without any. */
export const cardsReach = (graph: GraphStore, slots: Iterable<number>): Rectangle | null => {
  let reach: Rectangle | null = null;
  for (const slot of slots) if (graph.nodeAt(slot) !== null) reach = unite(reach, seenAt(graph, slot));
  return reach;
};

/** The rectangle around cards and all their edges: what changes when they come or go; `null` without any. */
export const reachOf = (graph: GraphStore, slots: Iterable<number>): Rectangle | null => {
  let reach: Rectangle | null = null;
  const add = (from: number, to: number): void => {
    const shape = from < 0 || to < 0 ? null : edgeShape(graph, from, to);
    if (shape !== null) reach = unite(reach, hullOf(shape));
  };
  for (const slot of slots) {
    const node = graph.nodeAt(slot);
    if (node === null) continue;
    reach = unite(reach, seenAt(graph, slot));
    for (const from of graph.inputsOf(slot)) add(from, slot);
    for (const reader of graph.readersOf(node.id)) add(slot, graph.slotOf(reader));
  }
  return reach;
};
