import * as rule from "../../store/free-place.ts";
import { cardHeight, cardWidth, graph, type Position } from "../../store/graph-store.ts";

/** The nearest place at or below this one where a card covers no other; `taken` are places of cards that are to come. */
export const freePlace = (wanted: Position, taken: readonly Position[] = []): Position =>
  rule.freePlace(wanted, (place) => [...graph.placesNear(rule.aroundCard(place)), ...taken]);

/** Right of what is read, at the height of its middle. */
export const placeAfter = (ids: readonly string[]): Position | null => {
  const bounds = graph.bounds(ids);
  return bounds === null ? null : freePlace(rule.rightOf(bounds));
};

/** With its middle at a point. */
export const placeAround = ({ x, y }: Position, taken: readonly Position[] = []): Position =>
  freePlace({ x: x - cardWidth / 2, y: y - cardHeight / 2 }, taken);
