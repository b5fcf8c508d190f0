import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { findCycles, type Inputs, topologicalOrder } from "./order.ts";
import { ancestors, descendants } from "./walk.ts";

/** Small graphs with and without circles, edges to nowhere and edges to oneself. */
const graphs: fc.Arbitrary<Inputs> = fc
  .array(fc.array(fc.nat(9), { maxLength: 4 }), { maxLength: 9 })
  .map((edges) => new Map(edges.map((inputs, id) => [String(id), inputs.map(String)])));

/** Everything reachable, the naive way: add neighbours until nothing is new. */
const reachable = (graph: Inputs, from: string): ReadonlySet<string> => {
  const found = new Set<string>();
  for (let grew = true; grew;) {
    grew = false;
    for (const id of [from, ...found]) {
      for (const input of graph.get(id) ?? []) {
        if (!graph.has(input) || found.has(input)) continue;
        found.add(input);
        grew = true;
      }
    }
  }
  return found;
};

describe("the order of a graph", () => {
  it("puts every node after what it reads, and names what is stuck", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { order, stuck } = topologicalOrder(graph);
        expect([...order].toSorted()).toEqual([...graph.keys()].toSorted());
        const place = new Map(order.map((id, index) => [id, index]));
        const onOrAfterCircle = [...graph.keys()].filter((id) =>
          [id, ...reachable(graph, id)].some((other) => reachable(graph, other).has(other)),
        );
        expect(stuck).toEqual(onOrAfterCircle);
        for (const [id, inputs] of graph) {
          if (stuck.includes(id)) continue;
          for (const input of inputs) {
            expect(place.get(input) ?? -1).toBeLessThan(place.get(id) ?? -1);
          }
        }
      }),
    );
  });

  it("finds one circle for each group that reads itself", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const cycles = findCycles(graph);
        const onCircle = [...graph.keys()].filter((id) => reachable(graph, id).has(id));
        const groups = new Set(
          onCircle.map((id) =>
            [id, ...reachable(graph, id)]
              .filter((other) => reachable(graph, other).has(id))
              .toSorted()
              .join(),
          ),
        );
        expect(cycles).toHaveLength(new Set([...groups].map((group) => [...new Set(group.split(","))].join())).size);
        for (const cycle of cycles) {
          for (const [index, id] of cycle.entries()) {
            expect(graph.get(id)).toContain(cycle[(index + 1) % cycle.length]);
          }
          const order = [...graph.keys()];
          expect(order.indexOf(cycle[0] ?? "")).toBe(Math.min(...cycle.map((id) => order.indexOf(id))));
        }
      }),
    );
  });

  it("keeps the map's order among equals", () => {
    const graph = new Map([
      ["c", []],
      ["a", []],
      ["b", ["c"]],
    ]);
    expect(topologicalOrder(graph).order).toEqual(["c", "a", "b"]);
  });

  it("names a node that reads itself, and a circle behind another", () => {
    expect(findCycles(new Map([["a", ["a"]]]))).toEqual([["a"]]);
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["a"]],
      ["c", ["a", "d"]],
      ["d", ["c"]],
    ]);
    expect(findCycles(graph)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("walks ancestors and descendants as far as asked", () => {
    fc.assert(
      fc.property(graphs, fc.nat(9), (graph, pick) => {
        const id = String(pick);
        expect([...ancestors(graph, [id])].toSorted()).toEqual([...reachable(graph, id)].toSorted());
        const readers = [...graph.keys()].filter((other) => reachable(graph, other).has(id));
        expect([...descendants(graph, [id])].toSorted()).toEqual(graph.has(id) ? readers.toSorted() : []);
        const direct = (graph.get(id) ?? []).filter((input) => graph.has(input));
        expect([...ancestors(graph, [id], 1)].toSorted()).toEqual([...new Set(direct)].toSorted());
      }),
    );
  });

  it.each([
    ["a chain", (index: number) => (index === 0 ? [] : [`n${index - 1}`])],
    ["a chain backwards", (index: number) => (index === 99_999 ? [] : [`n${index + 1}`])],
    ["a star", (index: number) => (index === 0 ? [] : ["n0"])],
    ["a wide mesh", (index: number) => (index < 10 ? [] : [index - 10, index - 7, index - 3].map((at) => `n${at}`))],
    ["a circle of all", (index: number) => [`n${(index + 1) % 100_000}`]],
  ])("takes 100,000 nodes in %s without recursion", (_name, inputs) => {
    const graph = new Map(Array.from({ length: 100_000 }, (_, index) => [`n${index}`, inputs(index)]));
    expect(topologicalOrder(graph).order).toHaveLength(100_000);
    expect(findCycles(graph).length).toBeLessThanOrEqual(1);
    expect(descendants(graph, ["n0"]).size + ancestors(graph, ["n0"]).size).toBeGreaterThan(0);
  });
});
