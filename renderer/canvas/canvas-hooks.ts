// The seam between drawing and authoring. The canvas tells what hands did with it; `canvas/authoring/` says what that
// means: it registers its answers once with `setCanvasHooks`, and the canvas calls them. Neither imports the other's parts.

import { holdDrop } from "../store/held-drops.ts";
import { toCanvas, viewport } from "./viewport.ts";

/** A place in canvas units. */
export interface CanvasPoint {
  readonly x: number;
  readonly y: number;
}

/** A connection: `to` reads `from`. */
export interface CanvasEdge {
  readonly from: string;
  readonly to: string;
}

export interface CanvasHooks {
  /** A wire was dropped on a card that takes it. */
  readonly onConnect: (from: string, to: string) => void;
  /** A wire was dropped on empty space; `from` is the card that it begins at. */
  readonly onConnectEnd: (point: CanvasPoint, from: string) => void;
  /** Why `to` cannot read `from`, in words shown at the cursor; `null` when it can. Asked often: keep it cheap. */
  readonly isValidConnection: (from: string, to: string) => string | null;
  /** The + in an edge's middle was pressed. */
  readonly onEdgePlus: (edge: CanvasEdge, point: CanvasPoint) => void;
  /** Cards were dropped on an edge. They have been moved there already. */
  readonly onDropOnEdge: (nodes: readonly string[], edge: CanvasEdge) => void;
  /** Something from outside the canvas (files, a palette entry, a table) was dropped on it. */
  readonly onExternalDrop: (event: DragEvent, point: CanvasPoint) => void;
  /** Empty space was double clicked. */
  readonly onEmptyDoubleClick: (point: CanvasPoint) => void;
}

const nothing: CanvasHooks = {
  onConnect: () => undefined,
  onConnectEnd: () => undefined,
  isValidConnection: (from, to) => (from === to ? "" : null),
  onEdgePlus: () => undefined,
  onDropOnEdge: () => undefined,
  onExternalDrop: holdDrop,
  onEmptyDoubleClick: () => undefined,
};

let hooks = nothing;

/** Registers what the canvas calls; those left out keep what they were. */
export const setCanvasHooks = (given: Partial<CanvasHooks>): void => {
  hooks = { ...hooks, ...given };
};

/** What is registered now: read it when it happens, not before. */
export const canvasHooks = (): CanvasHooks => hooks;

/** The canvas point under a place of the window (`clientX`, `clientY`). */
export const canvasPointAt = (clientX: number, clientY: number): CanvasPoint => {
  const { left, top } = viewport.getState();
  return toCanvas(clientX - left, clientY - top);
};

/** The canvas point in the middle of what can be seen: where things added by keyboard go. */
export const middleOfView = (): CanvasPoint => {
  const { width, height } = viewport.getState();
  return toCanvas(width / 2, height / 2);
};
