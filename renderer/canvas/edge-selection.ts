import { createStore } from "zustand/vanilla";

import { graph } from "../store/graph-store.ts";
import type { CanvasEdge } from "./canvas-hooks.ts";

export interface EdgeMarks {
  /** The edge that was clicked or walked to. A selected edge and selected cards exclude each other. */
  readonly selected: CanvasEdge | null;
  /** The edge under the pointer. */
  readonly hovered: CanvasEdge | null;
}

/** Which edge is selected and which is under the pointer. */
export const edgeMarks = createStore<EdgeMarks>(() => ({ selected: null, hovered: null }));

/** Whether the two are the same connection. */
export const isSameEdge = (one: CanvasEdge | null, other: CanvasEdge | null): boolean =>
  one?.from === other?.from && one?.to === other?.to;

/** The selected edge while it is there; `null` when none is. */
export const selectedEdge = (): CanvasEdge | null => {
  const { selected } = edgeMarks.getState();
  return selected !== null && hasEdge(selected) ? selected : null;
};

/** Selects an edge in place of any cards. */
export const selectEdge = (edge: CanvasEdge | null): void => {
  if (edge !== null) graph.select([]);
  if (!isSameEdge(edge, edgeMarks.getState().selected)) edgeMarks.setState({ selected: edge });
};

export const hoverEdge = (edge: CanvasEdge | null): void => {
  if (!isSameEdge(edge, edgeMarks.getState().hovered)) edgeMarks.setState({ hovered: edge });
};

const hasEdge = ({ from, to }: CanvasEdge): boolean =>
  graph.slotOf(from) >= 0 && graph.inputsOf(graph.slotOf(to)).includes(graph.slotOf(from));

graph.on("selection", () => {
  if (graph.selection.size > 0) edgeMarks.setState({ selected: null });
});
