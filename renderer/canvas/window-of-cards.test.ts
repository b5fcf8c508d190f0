import { expect, it } from "vitest";

import { graph } from "../store/graph-store.ts";
import { testNode } from "../store/test-node.ts";
import { nextWindow } from "./window-of-cards.ts";

const columns = 40;
const ids = Array.from({ length: columns * 25 }, (_, at) => `transform.n${at}`);
const places = ids.map((id, at) => [id, { x: (at % columns) * 336, y: Math.floor(at / columns) * 120 }] as const);
const seen = { left: 0, top: 0, right: 2000, bottom: 1200 };

it("mounts a few cards a frame until all that are near are there, then changes nothing", () => {
  graph.load({ nodes: ids.map((id) => testNode(id)), broken: [] }, new Map(places));
  let window = nextWindow([], seen);
  let frames = 1;
  while (!window.isWhole) {
    const next = nextWindow(window.ids, seen);
    expect(next.ids.length - window.ids.length).toBeLessThanOrEqual(24);
    window = next;
    frames++;
  }
  expect(frames).toBeGreaterThan(1);
  expect(window.ids.length).toBeLessThan(ids.length / 5);
  expect(nextWindow(window.ids, seen).ids).toBe(window.ids);
});

it("keeps what can still be seen and lets go of what cannot", () => {
  const before = ["transform.n0", "transform.n5", "transform.n999"];
  const { ids: after } = nextWindow(before, { left: 1600, top: 0, right: 1700, bottom: 50 });
  expect(after[0]).toBe("transform.n5");
  expect(after).not.toContain("transform.n0");
  expect(after).not.toContain("transform.n999");
});
