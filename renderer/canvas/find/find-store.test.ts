import { expect, it } from "vitest";

import type { GraphNode } from "../../store/graph-store.ts";
import { testNode } from "../../store/test-node.ts";
import { findNodes } from "./find-store.ts";

const nodes: readonly GraphNode[] = [
  testNode("source.orders"),
  testNode("transform.totals", ["source.orders"], { tags: ["daily"] }),
  testNode("transform.report", ["transform.totals"]),
].map((view) => ({ type: "node", id: view.id, view }));
const names = (query: string, stale: readonly string[] = []): readonly string[] =>
  [...(findNodes(nodes, query, new Set(stale)).found ?? [])].toSorted();

it.each([
  ["orders+", ["source.orders", "transform.report", "transform.totals"]],
  ["+totals", ["source.orders", "transform.totals"]],
  ["tag:daily", ["transform.totals"]],
  ["kind:source tag:daily", ["source.orders", "transform.totals"]],
  // A part of a name is enough where no selector says it.
  ["repo", ["transform.report"]],
])("%s", (query, found) => expect(names(query)).toEqual(found));

it("knows what is stale, and says why it found nothing", () => {
  expect(names("stale", ["transform.report"])).toEqual(["transform.report"]);
  expect(findNodes(nodes, "  ", new Set())).toEqual({ found: null, problem: null });
  expect(findNodes(nodes, "xyz", new Set())).toMatchObject({ found: null, problem: expect.stringContaining("xyz") });
});
