// Where new cards go: one rule, whether a hand adds them or another program does.

import { cardHeight, cardWidth, type Position } from "./graph-node.ts";
import type { Rectangle } from "./spatial-grid.ts";

/** Canvas units: to the next column and the next row, and at least around each card. */
const gap = { column: 88, row: 36, air: 20 };
const cell = { width: cardWidth + gap.air, height: cardHeight + gap.air };

/** Cards that may lie where a card at this place would touch them: all of those, and any others. */
export type CardsNear = (place: Position) => Iterable<Position>;

/** The area in which a card touches one at this place. */
export const aroundCard = ({ x, y }: Position): Rectangle => ({
  left: x - gap.air,
  top: y - gap.air,
  right: x + cell.width,
  bottom: y + cell.height,
});

/** The nearest place at or below this one, in whole units, where a card touches no other. */
export const freePlace = (wanted: Position, cardsNear: CardsNear): Position => {
  const x = Math.round(wanted.x);
  let y = Math.round(wanted.y);
  for (;;) {
    const below = lowestTouched({ x, y }, cardsNear);
    if (below === null) return { x, y };
    y = Math.ceil(below + cell.height);
  }
};

const lowestTouched = (place: Position, cardsNear: CardsNear): number | null => {
  let lowest: number | null = null;
  for (const { x, y } of cardsNear(place)) {
    const isTouched = Math.abs(x - place.x) < cell.width && Math.abs(y - place.y) < cell.height;
    if (isTouched && (lowest === null || y > lowest)) lowest = y;
  }
  return lowest;
};

/** Right of the cards in this rectangle, which it reads, at the height of their middle. */
export const rightOf = ({ right, top, bottom }: Rectangle): Position => ({
  x: right + gap.column,
  y: (top + bottom - cardHeight) / 2,
});

/** Below the cards in this rectangle, where what reads nothing begins. */
export const below = ({ left, bottom }: Rectangle): Position => ({ x: left, y: bottom + gap.row });

/** Which cards lie where, so that looking around a place does not mean looking at all of them. */
export class PlacedCards {
  readonly #cells = new Map<string, Position[]>();

  put(card: Position): void {
    const key = keyOf(Math.floor(card.x / cell.width), Math.floor(card.y / cell.height));
    const known = this.#cells.get(key);
    if (known === undefined) this.#cells.set(key, [card]);
    else known.push(card);
  }

  *near({ x, y }: Position): Generator<Position> {
    const [column, row] = [Math.floor(x / cell.width), Math.floor(y / cell.height)];
    for (let across = column - 1; across <= column + 1; across++) {
      for (let down = row - 1; down <= row + 1; down++) yield* this.#cells.get(keyOf(across, down)) ?? [];
    }
  }
}

const keyOf = (column: number, row: number): string => `${column} ${row}`;
