import fc from "fast-check";
import { expect, it } from "vitest";

import { layeredLayout } from "./layered-layout.ts";

const spacing = { column: 300, row: 100 };

const graphs = fc
  .integer({ min: 1, max: 40 })
  .chain((size) =>
    fc
      .array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size })
      .map((inputs) => ({ ids: inputs.map((_list, at) => `n${at}`), inputs })),
  );

it("puts every node right of what it reads, and no two on one another", () => {
  fc.assert(
    fc.property(graphs, ({ ids, inputs }) => {
      const acyclic = inputs.map((list, node) => list.filter((input) => input < node));
      const places = layeredLayout({ ids, inputs: acyclic }, spacing);
      for (const [node, list] of acyclic.entries()) {
        for (const input of list) {
          expect(places.get(`n${input}`)?.x).toBeLessThan(places.get(`n${node}`)?.x ?? Number.NaN);
        }
      }
      const columns = Map.groupBy(places.values(), ({ x }) => x);
      for (const column of columns.values()) {
        const ys = column.map(({ y }) => y).toSorted((a, b) => a - b);
        const gaps = ys.slice(1).map((y, at) => y - (ys[at] ?? 0));
        expect(Math.min(Infinity, ...gaps)).toBeGreaterThanOrEqual(99);
      }
    }),
  );
});

it("draws a graph with cycles, self-references included", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      expect(layeredLayout(graph, spacing).size).toBe(graph.ids.length);
    }),
  );
});

it("puts a chain on one line", () => {
  const places = layeredLayout({ ids: ["a", "b", "c"], inputs: [[], [0], [1]] }, spacing);
  expect([...places.values()]).toEqual([
    { x: 0, y: 0 },
    { x: 300, y: 0 },
    { x: 600, y: 0 },
  ]);
});

it("takes less than a second for 10,000 nodes", () => {
  const ids = Array.from({ length: 10_000 }, (_value, at) => `n${at}`);
  const inputs = ids.map((_id, at) => (at < 100 ? [] : [at - 100, at - 100 + ((at * 7) % 90)].filter((n) => n < at)));
  const started = performance.now();
  expect(layeredLayout({ ids, inputs }, spacing).size).toBe(10_000);
  expect(performance.now() - started).toBeLessThan(1000);
});
