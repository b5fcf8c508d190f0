import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cardHeight, cardWidth, type Position } from "./graph-node.ts";
import { placeNewCards } from "./place-new-cards.ts";

const covers = (one: Position, other: Position): boolean =>
  Math.abs(one.x - other.x) < cardWidth && Math.abs(one.y - other.y) < cardHeight;

describe("placeNewCards", () => {
  it("puts a card right of what it reads, and one that reads nothing below everything", () => {
    const placed = new Map([
      ["a", { x: 100, y: 50 }],
      ["b", { x: 0, y: 300 }],
    ]);
    const places = placeNewCards(
      [
        { id: "reader", inputs: ["a", "b", "not there"] },
        { id: "alone", inputs: [] },
      ],
      placed,
    );
    expect(places).toEqual(
      new Map([
        ["reader", { x: 100 + cardWidth + 88, y: 175 }],
        ["alone", { x: 0, y: 300 + cardHeight + 36 }],
      ]),
    );
  });

  it("places all of them, each right of the new ones that it reads, and none over another", () => {
    const point = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -400, max: 400 }) });
    // A card reads cards with a lower number, so that none reads itself by a way round.
    const readers = fc.array(fc.array(fc.nat(40), { maxLength: 3 }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 12 }), readers, (points, reads) => {
        const placed = new Map(points.map((place, at) => [`old${at}`, place]));
        const newcomers = reads.map((inputs, at) => ({
          id: `new${at}`,
          inputs: inputs.map((input) => (input < at ? `new${input}` : `old${input}`)),
        }));
        const places = placeNewCards(newcomers.toReversed(), placed);
        expect([...places.keys()].toSorted()).toEqual(newcomers.map(({ id }) => id).toSorted());
        for (const { id, inputs } of newcomers) {
          const place = places.get(id)!;
          const read = inputs.flatMap((input) => places.get(input) ?? []);
          expect(read.filter(({ x }) => x + cardWidth >= place.x)).toEqual([]);
          const others = [...placed, ...places].filter(([other]) => other !== id);
          expect(others.filter(([, other]) => covers(place, other))).toEqual([]);
        }
      }),
    );
  });

  it("ends where cards read each other in a circle", () => {
    const circle = ["a", "b", "c"].map((id, at, all) => ({ id, inputs: [all[(at + 1) % 3]!] }));
    expect(placeNewCards(circle, new Map()).size).toBe(3);
  });
});
