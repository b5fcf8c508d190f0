import type { Viewport } from "../viewport.ts";

/** React Flow as the painter sees it: it is told what to show, in the same frame as the canvas layer is drawn. */
export interface FlowView {
  /** Looks where the window looks. */
  readonly look: (view: Viewport) => void;
  /** Shows exactly these cards, where the graph store has them now. */
  readonly show: (ids: readonly string[]) => void;
}
