import type { BrokenView, NodeView } from "../../shared/api/index.ts";

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

export interface Position {
  readonly x: number;
  readonly y: number;
}
