import { type ReactElement, useCallback, useRef } from "react";
import { useStore } from "zustand";

import { graph } from "../../store/graph-store.ts";
import { edgeText } from "../../text/canvas-text.ts";
import { Icon } from "../../ui/icon.tsx";
import { type CanvasEdge, canvasHooks } from "../canvas-hooks.ts";
import { edgeMarks, hoverEdge } from "../edge-selection.ts";
import { edgeMiddle } from "../hit-test.ts";
import { viewport } from "../viewport.ts";
import { usePlaced } from "./use-placed.ts";

/** Below this zoom the + would cover the cards; the command still inserts. */
const smallestZoom = 0.25;

/** The + in the middle of the edge that the pointer, or else the keys, are at. */
export const EdgePlus = (): ReactElement | null => {
  const edge = useStore(edgeMarks, ({ hovered, selected }) => hovered ?? selected);
  const isHeld = graph.lifted.size > 0;
  return edge === null || isHeld ? null : <Plus key={`${edge.from}\n${edge.to}`} edge={edge} />;
};

const Plus = ({ edge }: { readonly edge: CanvasEdge }): ReactElement => {
  const button = useRef<HTMLButtonElement>(null);
  usePlaced(
    button,
    useCallback(() => (viewport.getState().zoom < smallestZoom ? null : edgeMiddle(graph, edge)), [edge]),
  );
  return (
    <button
      ref={button}
      type="button"
      className="edge-plus"
      // The keys have a command for it; the canvas stays one tab stop.
      tabIndex={-1}
      aria-label={edgeText.insert(edge.from, edge.to)}
      title={edgeText.insert(edge.from, edge.to)}
      onPointerLeave={() => hoverEdge(null)}
      onClick={() => insertOn(edge)}
    >
      <Icon name="plus" size={14} />
    </button>
  );
};

/** Asks what to insert on an edge. */
export const insertOn = (edge: CanvasEdge): void => {
  const point = edgeMiddle(graph, edge);
  hoverEdge(null);
  if (point !== null) canvasHooks().onEdgePlus(edge, point);
};
