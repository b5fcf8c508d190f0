import type { Rectangle } from "../store/spatial-grid.ts";
import { unite } from "./areas.ts";
import { type ActiveEdges, activeEdges, activeEdgesReach, areHeldActive } from "./draw-edges.ts";
import { type CanvasGroups, heldFrames } from "./items/canvas-items.ts";
import { isNearZoom, type Picture } from "./picture.ts";
import { cardsReach, groupReach, reachOf, withBorder } from "./reach.ts";

/** What is drawn over the kept picture. */
export interface InHand {
  /** The rectangle that all of it is in: the rest of the picture need not be copied again while only this moves. */
  readonly box: Rectangle;
  readonly edges: ActiveEdges;
  /** Groups that move with it. */
  readonly groups: CanvasGroups;
  /** Whether each card in the hand is selected, and so are its edges: they then need not be drawn plain first. */
  readonly isSelected: boolean;
}

/** Cards in the hand with their edges and groups, and from afar what is selected; `null` for nothing. */
export const inHand = (picture: Picture): InHand | null => {
  const { graph, view } = picture;
  const isFar = !isNearZoom(view.zoom);
  const isHolding = graph.lifted.size > 0;
  const isSelected = areHeldActive(picture);
  const edges = isFar || isHolding ? activeEdges(picture) : noEdges;
  let box = unite(activeEdgesReach(edges), isSelected ? cardsReach(graph, graph.lifted) : reachOf(graph, graph.lifted));
  const groups = heldFrames(graph, picture.groups);
  for (const group of groups) box = unite(box, groupReach(group));
  if (isFar) box = unite(box, cardsReach(graph, selectedSlots(picture)));
  return box === null ? null : { box: withBorder(box, view.zoom), edges, groups, isSelected };
};

const noEdges: ActiveEdges = { strong: [], marked: [] };

const selectedSlots = ({ graph }: Picture): readonly number[] => [...graph.selection].map((id) => graph.slotOf(id));
