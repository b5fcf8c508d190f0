import { cardHeight, cardWidth, type GraphStore } from "../store/graph-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";
import type { CanvasPoint } from "./canvas-hooks.ts";

/** A cubic curve from (startX, startY) to (endX, endY) that leaves and arrives level, `bend` units out. */
export interface EdgeShape {
  readonly startX: number;
  readonly startY: number;
  readonly endX: number;
  readonly endY: number;
  readonly bend: number;
}

const leastBend = 32;

/** The curve of the edge between two slots; `null` where both are hidden behind the same box. */
export const edgeShape = (graph: GraphStore, from: number, to: number): EdgeShape | null => {
  const hiddenFrom = graph.shown.standIn(from);
  const hiddenTo = graph.shown.standIn(to);
  if (hiddenFrom !== null && hiddenFrom === hiddenTo) return null;
  const startX = (hiddenFrom?.x ?? graph.x[from] ?? 0) + cardWidth;
  const startY = (hiddenFrom?.y ?? graph.y[from] ?? 0) + cardHeight / 2;
  const endX = hiddenTo?.x ?? graph.x[to] ?? 0;
  const endY = (hiddenTo?.y ?? graph.y[to] ?? 0) + cardHeight / 2;
  return { startX, startY, endX, endY, bend: Math.max(leastBend, Math.abs(endX - startX) / 2) };
};

/** Whether an edge is worth looking at: a rough answer from plain numbers, asked of every edge in every frame. */
export const mayTouch = (graph: GraphStore, from: number, to: number, area: Rectangle, slack = 0): boolean => {
  if (graph.shown.size > 0) return true;
  const startX = (graph.x[from] ?? 0) + cardWidth;
  const endX = graph.x[to] ?? 0;
  const out = Math.max(leastBend, Math.abs(endX - startX) / 2) + slack;
  if (Math.max(startX, endX) + out <= area.left || Math.min(startX, endX) - out >= area.right) return false;
  const startY = graph.y[from] ?? 0;
  const endY = graph.y[to] ?? 0;
  return Math.max(startY, endY) + cardHeight + slack > area.top && Math.min(startY, endY) - slack < area.bottom;
};

/** Whether any of the curve can lie in the area. */
export const touches = ({ startX, startY, endX, endY, bend }: EdgeShape, area: Rectangle, slack = 0): boolean =>
  Math.max(startX, endX) + bend + slack > area.left &&
  Math.min(startX, endX) - bend - slack < area.right &&
  Math.max(startY, endY) + slack > area.top &&
  Math.min(startY, endY) - slack < area.bottom;

/** A place on the curve, `at` from 0 to 1. */
export const pointOn = ({ startX, startY, endX, endY, bend }: EdgeShape, at: number): CanvasPoint => {
  const rest = 1 - at;
  const [a, b, c, d] = [rest ** 3, 3 * rest ** 2 * at, 3 * rest * at ** 2, at ** 3];
  return {
    x: a * startX + b * (startX + bend) + c * (endX - bend) + d * endX,
    y: (a + b) * startY + (c + d) * endY,
  };
};

const pieces = 24;

/** How far a point is from the curve, to about a unit. */
export const distanceTo = (shape: EdgeShape, { x, y }: CanvasPoint): number => {
  let nearest = Number.POSITIVE_INFINITY;
  let before = pointOn(shape, 0);
  for (let piece = 1; piece <= pieces; piece++) {
    const after = pointOn(shape, piece / pieces);
    const [dx, dy] = [after.x - before.x, after.y - before.y];
    const along = ((x - before.x) * dx + (y - before.y) * dy) / (dx * dx + dy * dy || 1);
    const part = Math.max(0, Math.min(1, along));
    nearest = Math.min(nearest, Math.hypot(before.x + dx * part - x, before.y + dy * part - y));
    before = after;
  }
  return nearest;
};
