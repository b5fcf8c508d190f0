import { graph } from "../../store/graph-store.ts";
import type { CanvasEdge, CanvasPoint } from "../canvas-hooks.ts";
import { cardAt, edgeAt } from "../hit-test.ts";
import { canvasItems, frameAt, type GroupFrame, noteAt } from "../items/canvas-items.ts";
import { shownGroups } from "../items/shown-groups.ts";
import { viewport } from "../viewport.ts";

/** What lies under a pointer, whoever draws it. */
export type Target =
  | { readonly type: "card"; readonly id: string }
  | { readonly type: "note"; readonly id: string; readonly isCorner: boolean }
  | { readonly type: "group"; readonly group: GroupFrame }
  | { readonly type: "edge"; readonly edge: CanvasEdge }
  | { readonly type: "ground" };

/** How near a pointer has to come to an edge, in pixels. */
const reachPixels = 7;

/** The edge near a point, but for those of some cards. */
export const edgeNear = (point: CanvasPoint, except?: ReadonlySet<string>): CanvasEdge | null =>
  edgeAt(graph, point, reachPixels / viewport.getState().zoom, except);

/** Finds what is at a point of the canvas. */
export const targetAt = (point: CanvasPoint): Target => {
  const id = cardAt(graph, point);
  if (id !== null) return { type: "card", id };
  const group = frameAt(shownGroups(), point);
  if (group?.isCollapsed === true) return { type: "group", group };
  const edge = edgeNear(point);
  if (edge !== null) return { type: "edge", edge };
  if (group !== null) return { type: "group", group };
  const note = noteAt(canvasItems.getState().notes, point);
  return note === null ? { type: "ground" } : note;
};

/** Wires begin at ports and buttons are pressed: they have listeners of their own. */
export const isElsewhere = (element: EventTarget | null): boolean =>
  element instanceof Element && element.closest(".port, .canvas button, .canvas input") !== null;
