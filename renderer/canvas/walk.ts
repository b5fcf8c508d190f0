import { graph } from "../store/graph-store.ts";
import { reveal, toCanvas, viewport } from "./viewport.ts";

export type Direction = "upstream" | "downstream" | "previous" | "next";

const byPlace = (a: string, b: string): number => {
  const one = graph.positionOf(a) ?? { x: 0, y: 0 };
  const other = graph.positionOf(b) ?? { x: 0, y: 0 };
  return one.y - other.y || one.x - other.x || (a < b ? -1 : 1);
};

const inputsOf = (id: string): readonly string[] =>
  graph.inputsOf(graph.slotOf(id)).flatMap((slot) => graph.nodeAt(slot)?.id ?? []);

/** Nodes in the same column: siblings for the eye. */
const column = (id: string): readonly string[] => {
  const at = graph.positionOf(id);
  if (at === null) return [];
  return [...graph.nodes()]
    .map((node) => node.id)
    .filter((other) => Math.abs((graph.positionOf(other)?.x ?? Number.NaN) - at.x) < 120)
    .toSorted(byPlace);
};

const nearest = (ids: Iterable<string>, id: string): string | null => {
  const from = graph.positionOf(id);
  if (from === null) return null;
  const distance = (other: string): number => Math.abs((graph.positionOf(other)?.y ?? 0) - from.y);
  return [...ids].toSorted((a, b) => distance(a) - distance(b) || byPlace(a, b))[0] ?? null;
};

const step = (id: string, direction: Direction): string | null => {
  if (direction === "upstream") return nearest(inputsOf(id), id);
  if (direction === "downstream") return nearest(graph.readersOf(id), id);
  const siblings = column(id);
  return siblings[siblings.indexOf(id) + (direction === "next" ? 1 : -1)] ?? null;
};

/** The card nearest to the middle of what can be seen. */
const middle = (): string | null => {
  const { width, height } = viewport.getState();
  const { x, y } = toCanvas(width / 2, height / 2);
  let best: { readonly id: string; readonly distance: number } | null = null;
  for (const { id } of graph.nodes()) {
    const position = graph.positionOf(id) ?? { x: 0, y: 0 };
    const distance = Math.hypot(position.x - x, position.y - y);
    if (best === null || distance < best.distance) best = { id, distance };
  }
  return best?.id ?? null;
};

const opposite: Readonly<Record<Direction, Direction>> = {
  upstream: "downstream",
  downstream: "upstream",
  previous: "next",
  next: "previous",
};

/** The last step taken, so that the opposite one leads back where it came from. */
let lastStep: { readonly from: string; readonly to: string; readonly direction: Direction } | null = null;

const back = (id: string, direction: Direction): string | null =>
  lastStep?.to === id && lastStep.direction === opposite[direction] && graph.slotOf(lastStep.from) >= 0
    ? lastStep.from
    : null;

/** Moves the selection along the graph, or selects the middle card when nothing is selected. */
export const walk = (direction: Direction): void => {
  const current = [...graph.selection].at(-1) ?? null;
  const next = current === null ? middle() : (back(current, direction) ?? step(current, direction));
  if (next === null) return;
  lastStep = current === null ? null : { from: current, to: next, direction };
  graph.select([next]);
  reveal(next);
};
