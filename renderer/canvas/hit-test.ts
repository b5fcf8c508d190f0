import { edgesOf } from "../store/edge-list.ts";
import type { GraphStore } from "../store/graph-store.ts";
import type { CanvasEdge, CanvasPoint } from "./canvas-hooks.ts";
import { distanceTo, edgeShape, mayTouch, pointOn, touches } from "./edge-shape.ts";

/** The card at a point, drawn or mounted alike; the one on top where several lie over each other. */
export const cardAt = (graph: GraphStore, { x, y }: CanvasPoint): string | null => {
  const slot = graph.cardsIn({ left: x, top: y, right: x, bottom: y }).at(-1);
  return slot === undefined ? null : (graph.nodeAt(slot)?.id ?? null);
};

/** The edge nearest to a point, at most `reach` units away; `except` leaves those of some cards out. */
export const edgeAt = (
  graph: GraphStore,
  point: CanvasPoint,
  reach: number,
  except: ReadonlySet<string> = new Set(),
): CanvasEdge | null => {
  const area = { left: point.x, top: point.y, right: point.x, bottom: point.y };
  const edges = edgesOf(graph);
  let nearest = reach;
  let found: CanvasEdge | null = null;
  for (let at = 0; at < edges.length; at += 2) {
    const from = edges[at] ?? -1;
    const to = edges[at + 1] ?? -1;
    if (!mayTouch(graph, from, to, area, reach)) continue;
    const shape = edgeShape(graph, from, to);
    if (shape === null || !touches(shape, area, reach)) continue;
    const distance = distanceTo(shape, point);
    if (distance > nearest) continue;
    const edge = edgeOf(graph, from, to);
    if (edge === null || except.has(edge.from) || except.has(edge.to)) continue;
    nearest = distance;
    found = edge;
  }
  return found;
};

const edgeOf = (graph: GraphStore, from: number, to: number): CanvasEdge | null => {
  const [one, other] = [graph.nodeAt(from), graph.nodeAt(to)];
  return one === null || other === null ? null : { from: one.id, to: other.id };
};

/** The middle of an edge, where its + stands; `null` when it is not to be seen. */
export const edgeMiddle = (graph: GraphStore, { from, to }: CanvasEdge): CanvasPoint | null => {
  const [one, other] = [graph.slotOf(from), graph.slotOf(to)];
  const shape = one < 0 || other < 0 ? null : edgeShape(graph, one, other);
  return shape === null ? null : pointOn(shape, 0.5);
};
