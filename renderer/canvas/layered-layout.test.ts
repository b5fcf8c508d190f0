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

const wide = (size: number): Parameters<typeof layeredLayout>[0] => {
  const ids = Array.from({ length: size }, (_value, at) => `n${at}`);
  const inputs = ids.map((_id, at) => (at < 100 ? [] : [at - 100, at - 100 + ((at * 7) % 90)].filter((n) => n < at)));
  return { ids, inputs };
};

/** The least of some rounds, in microseconds of the processor: what else the machine does counts least there. */
const cost = (graph: ReturnType<typeof wide>): number => {
  const rounds = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    expect(layeredLayout(graph, spacing).size).toBe(graph.ids.length);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...rounds);
};

it("costs about as much more as there are more nodes, up to 10,000", () => {
  const few = wide(1000);
  const many = wide(10_000);
  // Ten times the nodes; what looked at each pair would cost a hundred times as much.
  expect(cost(many) / cost(few)).toBeLessThan(40);
});
