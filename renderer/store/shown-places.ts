import type { Position } from "./graph-node.ts";

const growth = 256;

/** Typed arrays that keep their content when they grow. */
export const enlarged = (array: Float64Array, length: number): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(Math.ceil(length * 1.5) + growth);
  larger.set(array);
  return larger;
};

/** Where edges end and what is seen, by slot: a card in a collapsed group is stood in for by the group's box. */
export class ShownPlaces {
  readonly #standIns = new Map<number, Position>();

  isHidden(slot: number): boolean {
    return this.#standIns.has(slot);
  }

  /** What stands where the card is not shown; `null` for a card that is. */
  standIn(slot: number): Position | null {
    return this.#standIns.get(slot) ?? null;
  }

  /** The boxes of collapsed groups. */
  standIns(): ReadonlySet<Position> {
    return new Set(this.#standIns.values());
  }

  replace(places: Iterable<readonly [slot: number, standIn: Position]>): void {
    this.#standIns.clear();
    for (const [slot, place] of places) if (slot >= 0) this.#standIns.set(slot, place);
  }

  forget(slot: number): void {
    this.#standIns.delete(slot);
  }

  get size(): number {
    return this.#standIns.size;
  }
}
