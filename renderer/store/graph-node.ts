import type { BrokenView, NodeView, ProblemView } from "../../shared/api/index.ts";

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
