import { graph } from "../store/graph-store.ts";
import { edgesOf } from "../store/edge-list.ts";
import type { CanvasEdge } from "./canvas-hooks.ts";
import { isSameEdge, selectedEdge, selectEdge } from "./edge-selection.ts";
import { reveal } from "./viewport.ts";

/** The card whose edges are being walked: the one that was selected when it began. */
let around: string | null = null;

const edgesAround = (id: string): readonly CanvasEdge[] => {
  const inputs = graph.inputsOf(graph.slotOf(id)).flatMap((slot) => graph.nodeAt(slot)?.id ?? []);
  return [...inputs.map((from) => ({ from, to: id })), ...[...graph.readersOf(id)].map((to) => ({ from: id, to }))];
};

const firstEdge = (): readonly CanvasEdge[] => {
  const [from = -1, to = -1] = edgesOf(graph);
  const [one, other] = [graph.nodeAt(from), graph.nodeAt(to)];
  return one === null || other === null ? [] : [{ from: one.id, to: other.id }];
};

/** Selects the next edge of the card that the keys are at, in and out; without one, of the card of the edge before. */
export const selectNextEdge = (): void => {
  const now = selectedEdge();
  if (now === null) around = [...graph.selection].at(-1) ?? null;
  else if (around === null || (now.from !== around && now.to !== around)) around = now.to;
  const edges = around === null ? firstEdge() : edgesAround(around);
  const at = edges.findIndex((edge) => isSameEdge(edge, now));
  const next = edges[(at + 1) % edges.length];
  if (next === undefined) return;
  selectEdge(next);
  reveal(around === next.from ? next.to : next.from);
};
