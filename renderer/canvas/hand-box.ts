import type { Rectangle } from "../store/spatial-grid.ts";
import { unite } from "./areas.ts";
import { activeEdgesReach } from "./draw-edges.ts";
import { heldFrames } from "./items/canvas-items.ts";
import { isNearZoom, type Picture } from "./picture.ts";
import { cardsReach, groupReach, reachOf, withBorder } from "./reach.ts";

/**
 * The rectangle of what is drawn over the kept picture: cards in the hand with their edges, and from afar what is
 * selected; `null` for nothing. The rest of the picture need not be copied again while only this moves.
 */
export const handBox = (picture: Picture): Rectangle | null => {
  const { graph, view } = picture;
  const isFar = !isNearZoom(view.zoom);
  let box = reachOf(graph, graph.lifted);
  for (const group of heldFrames(graph, picture.groups)) box = unite(box, groupReach(group));
  if (isFar || graph.lifted.size > 0) box = unite(box, activeEdgesReach(picture));
  if (isFar) box = unite(box, cardsReach(graph, selectedSlots(picture)));
  return box === null ? null : withBorder(box, view.zoom);
};

const selectedSlots = ({ graph }: Picture): readonly number[] => [...graph.selection].map((id) => graph.slotOf(id));
