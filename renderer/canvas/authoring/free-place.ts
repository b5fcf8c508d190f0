import { cardHeight, cardWidth, graph, type Position } from "../../store/graph-store.ts";

/** Units between cards: to the next column, and at least around each. */
const gap = { column: 88, air: 20 };
const step = 12;

/** The nearest place at or below this one where a card covers no other. */
export const freePlace = (wanted: Position, taken: readonly Position[] = []): Position => {
  let { y } = wanted;
  const isFree = (): boolean => {
    const area = {
      left: wanted.x - gap.air,
      top: y - gap.air,
      right: wanted.x + cardWidth + gap.air,
      bottom: y + cardHeight + gap.air,
    };
    const covers = (other: Position): boolean =>
      Math.abs(other.x - wanted.x) < cardWidth + gap.air && Math.abs(other.y - y) < cardHeight + gap.air;
    return graph.cardsIn(area).length === 0 && !taken.some(covers);
  };
  while (!isFree()) y += step;
  return { x: Math.round(wanted.x), y: Math.round(y) };
};

/** Right of what is read, at the height of its middle. */
export const placeAfter = (ids: readonly string[]): Position | null => {
  const bounds = graph.bounds(ids);
  if (bounds === null) return null;
  return freePlace({ x: bounds.right + gap.column, y: (bounds.top + bounds.bottom - cardHeight) / 2 });
};

/** With its middle at a point. */
export const placeAround = ({ x, y }: Position, taken: readonly Position[] = []): Position =>
  freePlace({ x: x - cardWidth / 2, y: y - cardHeight / 2 }, taken);
