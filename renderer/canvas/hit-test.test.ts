import { expect, it } from "vitest";

import { cardHeight, cardWidth, GraphStore } from "../store/graph-store.ts";
import { testNode } from "../store/test-node.ts";
import { distanceTo, edgeShape, pointOn } from "./edge-shape.ts";
import { cardAt, edgeAt, edgeMiddle } from "./hit-test.ts";

const graph = (): GraphStore => {
  const store = new GraphStore();
  store.load(
    {
      nodes: [testNode("source.a"), testNode("transform.b", ["source.a"]), testNode("transform.c", ["transform.b"])],
      broken: [],
    },
    new Map([
      ["source.a", { x: 0, y: 0 }],
      ["transform.b", { x: 600, y: 300 }],
      ["transform.c", { x: 1200, y: 0 }],
    ]),
  );
  return store;
};

it("finds the card at a point wherever it was moved, and the upper of two", () => {
  const store = graph();
  expect(cardAt(store, { x: 10, y: 10 })).toBe("source.a");
  expect(cardAt(store, { x: cardWidth + 5, y: 10 })).toBeNull();
  store.moveAll([["transform.c", { x: 50_000, y: -50_000 }]]);
  expect(cardAt(store, { x: 50_000 + cardWidth, y: -50_000 + cardHeight })).toBe("transform.c");
  store.moveAll([["transform.c", { x: 5, y: 5 }]]);
  expect(["source.a", "transform.c"]).toContain(cardAt(store, { x: 20, y: 20 }));
});

it("finds an edge along its whole curve, and no further than asked", () => {
  const store = graph();
  const shape = edgeShape(store, 0, 1);
  if (shape === null) throw new Error("there is an edge");
  for (const at of [0.05, 0.3, 0.5, 0.8, 0.95]) {
    const point = pointOn(shape, at);
    expect(distanceTo(shape, point)).toBeLessThan(1);
    expect(edgeAt(store, point, 6)).toEqual({ from: "source.a", to: "transform.b" });
  }
  const { x, y } = pointOn(shape, 0.5);
  expect(edgeAt(store, { x, y: y + 200 }, 6)).toBeNull();
  expect(edgeAt(store, { x, y }, 6, new Set(["transform.b"]))).toBeNull();
  expect(edgeMiddle(store, { from: "source.a", to: "transform.b" })).toEqual({ x, y });
});

it("leads edges to the box of a collapsed group, and draws none within it", () => {
  const store = graph();
  const box = { x: 600, y: 300 };
  store.hide(
    new Map([
      ["transform.b", box],
      ["transform.c", box],
    ]),
  );
  expect(cardAt(store, { x: 1210, y: 10 })).toBeNull();
  expect(edgeShape(store, 1, 2)).toBeNull();
  expect(edgeShape(store, 0, 1)).toMatchObject({ endX: 600, endY: 300 + cardHeight / 2 });
  store.hide(new Map());
  expect(cardAt(store, { x: 1210, y: 10 })).toBe("transform.c");
});

it("tells what a hand moves from what rests", () => {
  const store = graph();
  store.lift(["source.a"]);
  const before = store.restVersion;
  store.moveAll([["source.a", { x: 40, y: 40 }]]);
  expect(store.restVersion).toBe(before);
  store.moveAll([
    ["source.a", { x: 50, y: 40 }],
    ["transform.b", { x: 0, y: 0 }],
  ]);
  expect(store.restVersion).toBeGreaterThan(before);
});
