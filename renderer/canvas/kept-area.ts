import type { Rectangle } from "../store/spatial-grid.ts";
import { grow, intersect, isEmpty, unite } from "./areas.ts";
import type { Picture } from "./picture.ts";

/** Room around the cards, in canvas units: borders and edges that swing out. */
const around = 400;
/** At most this many pixels are kept, whatever the screen. */
const mostPixels = 24_000_000;

/** The area to keep a picture of: what is seen, and at most that part of it more on each side, within the bounds. */
export const areaToKeep = (seen: Rectangle, bounds: Rectangle, pixelsPerUnit: number, most = 0.5): Rectangle => {
  const [width, height] = [seen.right - seen.left, seen.bottom - seen.top];
  const shown = width * height * pixelsPerUnit ** 2;
  const part = Math.max(0, Math.min(most, (Math.sqrt(mostPixels / Math.max(1, shown)) - 1) / 2));
  const wider = {
    left: seen.left - width * part,
    top: seen.top - height * part,
    right: seen.right + width * part,
    bottom: seen.bottom + height * part,
  };
  const kept = intersect(wider, bounds);
  return isEmpty(kept) ? { left: 0, top: 0, right: 1, bottom: 1 } : kept;
};

/** Where there is anything to be seen. */
export const boundsOf = ({ graph, groups, notes }: Picture): Rectangle => {
  const cards = graph.bounds() ?? { left: 0, top: 0, right: 1, bottom: 1 };
  let bounds = grow(cards, around);
  for (const { box } of groups) bounds = unite(bounds, box) ?? bounds;
  for (const { x, y, width, height } of Object.values(notes)) {
    bounds = unite(bounds, { left: x, top: y, right: x + width, bottom: y + height }) ?? bounds;
  }
  return bounds;
};
