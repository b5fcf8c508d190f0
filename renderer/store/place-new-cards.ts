import { below, freePlace, PlacedCards, rightOf } from "./free-place.ts";
import { boundsOf, type Position } from "./graph-node.ts";

/** A card without a place, and what it reads. */
export interface Newcomer {
  readonly id: string;
  readonly inputs: readonly string[];
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
  const cards = new PlacedCards();
  for (const card of placed.values()) cards.put(card);
  const all = boundsOf(placed.values());
  const start = all === null ? { x: 0, y: 0 } : below(all);
  const found = new Map<string, Position>();
  for (const { id, inputs } of inOrder(newcomers)) {
    const read = boundsOf(inputs.flatMap((input) => places.get(input) ?? []));
    const place = freePlace(read === null ? start : rightOf(read), (at) => cards.near(at));
    cards.put(place);
    places.set(id, place);
    found.set(id, place);
  }
  return found;
};
