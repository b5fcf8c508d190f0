import { cardHeight, cardWidth, graph } from "../store/graph-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";

/** Cards mounted in one frame at most, so that no frame is long. */
const mostAtOnce = 24;

const widened = ({ left, top, right, bottom }: Rectangle): Rectangle => ({
  left: left - cardWidth,
  top: top - cardHeight,
  right: right + cardWidth,
  bottom: bottom + cardHeight,
});

/**
 * The cards to be mounted next: those of `before` that can still be seen, then as many of the others in view as one
 * frame allows. The same array when nothing changes; `isWhole` says whether all that are in view are in it.
 */
export const nextWindow = (
  before: readonly string[],
  area: Rectangle,
): { readonly ids: readonly string[]; readonly isWhole: boolean } => {
  const near = new Set(graph.cardsIn(widened(area)).flatMap((slot) => graph.nodeAt(slot)?.id ?? []));
  const kept = before.filter((id) => near.has(id));
  for (const id of kept) near.delete(id);
  const missing = [...near].slice(0, mostAtOnce);
  const isWhole = near.size <= mostAtOnce;
  const isSame = missing.length === 0 && kept.length === before.length;
  return { ids: isSame ? before : [...kept, ...missing], isWhole };
};
