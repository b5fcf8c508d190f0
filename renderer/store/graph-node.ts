import type { BrokenView, NodeView, ProblemView } from "../../shared/api/index.ts";
import type { Rectangle } from "./spatial-grid.ts";

/** Size of every card in canvas units: fixed, so that a card that is not drawn costs nothing. */
export const cardWidth = 248;
export const cardHeight = 84;

/** A node, or the placeholder of something that could not become one. */
export type GraphNode =
  | { readonly type: "node"; readonly id: string; readonly view: NodeView }
  | { readonly type: "broken"; readonly id: string; readonly view: BrokenView };

/** What a node is called: a broken one by the id it would have, else by its file. */
export const nodeName = (node: GraphNode): string => {
  if (node.type === "node") return node.view.name;
  return node.id.startsWith("broken:") ? node.view.file : node.id;
};

/** Why a node's file cannot be read now; `null` for one that can. */
export const brokenProblem = (node: GraphNode | null): ProblemView | null => {
  if (node === null) return null;
  return node.type === "broken" || node.view.isBroken ? node.view.problem : null;
};

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** The rectangle around cards, given their corners; `null` without any. */
export const boundsOf = (cards: Iterable<Position>): Rectangle | null => {
  let isEmpty = true;
  let [left, top, right, bottom] = [0, 0, 0, 0];
  for (const { x, y } of cards) {
    left = isEmpty ? x : Math.min(left, x);
    top = isEmpty ? y : Math.min(top, y);
    right = isEmpty ? x : Math.max(right, x);
    bottom = isEmpty ? y : Math.max(bottom, y);
    isEmpty = false;
  }
  return isEmpty ? null : { left, top, right: right + cardWidth, bottom: bottom + cardHeight };
};
