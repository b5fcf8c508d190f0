import fc from "fast-check";
import { expect, it } from "vitest";

import { findCycles, type PipelineNode } from "../../../shared/graph/index.ts";
import { gatesOf } from "./gates.ts";

const node = (id: string, inputs: readonly string[], blocks = false): PipelineNode =>
  ({ id, kind: blocks ? "rule" : "transform", inputs, config: blocks ? { on_error: "block" } : {} }) as PipelineNode;

it("holds back the other readers of what a blocking rule checks", () => {
  const gates = gatesOf([
    node("a", []),
    node("r", ["a", "other"], true),
    node("b", ["a"]),
    node("c", ["b"]),
    node("listed", ["a", "r"]),
    node("d", ["other"]),
  ]);
  expect([...gates]).toEqual([["b", ["r"]]]);
});

it("never makes nodes wait for each other in a circle", () => {
  const graph = fc.array(fc.tuple(fc.array(fc.nat({ max: 30 }), { maxLength: 3 }), fc.boolean()), { maxLength: 30 });
  fc.assert(
    fc.property(graph, (drawn) => {
      const nodes = drawn.map(([inputs, blocks], at) => {
        const earlier = [...new Set(inputs.filter((input) => input < at).map((input) => `n${input}`))];
        return node(`n${at}`, earlier, blocks);
      });
      const gates = gatesOf(nodes);
      const waits = new Map(nodes.map(({ id, inputs }) => [id, [...inputs, ...(gates.get(id) ?? [])]]));
      expect(findCycles(waits)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
