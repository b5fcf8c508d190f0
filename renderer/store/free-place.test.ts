import { expect, it } from "vitest";

import { placeAfter, placeAround } from "../canvas/authoring/free-place.ts";
import { cardWidth, graph } from "./graph-store.ts";
import { placeNewCards } from "./place-new-cards.ts";
import { testNode } from "./test-node.ts";

const one = "transform.one";
const other = "transform.other";
const inTheWay = "transform.in_the_way";

it("puts a card in the same place, whoever adds it", () => {
  const places = new Map([
    [one, { x: 0, y: 0 }],
    [other, { x: 40, y: 200 }],
    [inTheWay, { x: 40 + cardWidth + 100, y: 130 }],
  ]);
  graph.load({ nodes: [one, other, inTheWay].map((id) => testNode(id)), broken: [] }, places);
  const byHand = placeAfter([one, other]);
  const byAnotherProgram = placeNewCards([{ id: "transform.new", inputs: [one, other] }], places).get("transform.new");
  expect(byHand).toEqual(byAnotherProgram);
  expect(byHand).toEqual({ x: 40 + cardWidth + 88, y: 234 });
});

it("covers neither what a collapsed group hides, nor its box, nor what is to come", () => {
  graph.load({ nodes: [testNode(one)], broken: [] }, new Map([[one, { x: 0, y: 0 }]]));
  graph.hide(new Map([[one, { x: 0, y: 90 }]]));
  const first = placeAround({ x: cardWidth / 2, y: 42 });
  expect(first).toEqual({ x: 0, y: 194 });
  expect(placeAround({ x: cardWidth / 2, y: 42 }, [first])).toEqual({ x: 0, y: 298 });
});
