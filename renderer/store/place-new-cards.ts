import { cardHeight, cardWidth, type Position } from "./graph-node.ts";

/** A card without a place, and what it reads. */
export interface Newcomer {
  readonly id: string;
  readonly inputs: readonly string[];
}

const gap = { column: 88, row: 36, air: 12 };
const cell = { width: cardWidth + gap.air, height: cardHeight + gap.air };

/** Which cards lie where, so that looking around a place does not mean looking at all of them. */
class Ground {
  readonly #cells = new Map<string, Position[]>();

  put(card: Position): void {
    const key = this.#key(card.x, card.y);
    const known = this.#cells.get(key);
    if (known === undefined) this.#cells.set(key, [card]);
    else known.push(card);
  }

  /** The nearest place at or below this one where a card covers no other. */
  free({ x, y }: Position): Position {
    for (;;) {
      const below = this.#covered(x, y);
      if (below === null) return { x: Math.round(x), y: Math.round(y) };
      y = below.y + cell.height;
    }
  }

  /** The lowest card that one at this place would cover or touch. */
  #covered(x: number, y: number): Position | null {
    let lowest: Position | null = null;
    for (const column of [-1, 0, 1]) {
      for (const row of [-1, 0, 1]) {
        for (const card of this.#cells.get(this.#key(x + column * cell.width, y + row * cell.height)) ?? []) {
          const isNear = Math.abs(card.x - x) < cell.width && Math.abs(card.y - y) < cell.height;
          if (isNear && (lowest === null || card.y > lowest.y)) lowest = card;
        }
      }
    }
    return lowest;
  }

  #key(x: number, y: number): string {
    return `${Math.floor(x / cell.width)} ${Math.floor(y / cell.height)}`;
  }
}

/** What a card reads comes before it; a circle is cut where it is entered. */
const inOrder = (newcomers: readonly Newcomer[]): readonly Newcomer[] => {
  const byId = new Map(newcomers.map((card) => [card.id, card]));
  const ordered = new Set<Newcomer>();
  for (const first of newcomers) {
    const stack = [first];
    const entered = new Set<Newcomer>();
    for (let card = stack.at(-1); card !== undefined; card = stack.at(-1)) {
      const waiting = entered.has(card) ? [] : card.inputs.flatMap((id) => byId.get(id) ?? []);
      entered.add(card);
      const next = waiting.filter((input) => !ordered.has(input) && !entered.has(input));
      if (next.length > 0) stack.push(...next);
      else ordered.add(stack.pop() ?? card);
    }
  }
  return [...ordered];
};

/**
 * Places for new cards among placed ones, in canvas units: right of what they read, else below everything, and never
 * over another card. Those that have a place keep it.
 */
export const placeNewCards = (
  newcomers: readonly Newcomer[],
  placed: ReadonlyMap<string, Position>,
): ReadonlyMap<string, Position> => {
  const places = new Map(placed);
  const ground = new Ground();
  let left = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const card of placed.values()) {
    ground.put(card);
    left = Math.min(left, card.x);
    bottom = Math.max(bottom, card.y + cardHeight);
  }
  const below: Position = placed.size === 0 ? { x: 0, y: 0 } : { x: left, y: bottom + gap.row };
  const found = new Map<string, Position>();
  for (const { id, inputs } of inOrder(newcomers)) {
    const read = inputs.flatMap((input) => places.get(input) ?? []);
    const place = ground.free(read.length === 0 ? below : rightOf(read));
    ground.put(place);
    places.set(id, place);
    found.set(id, place);
  }
  return found;
};

const rightOf = (read: readonly Position[]): Position => ({
  x: Math.max(...read.map(({ x }) => x)) + cardWidth + gap.column,
  y: Math.min(...read.map(({ y }) => y)),
});
