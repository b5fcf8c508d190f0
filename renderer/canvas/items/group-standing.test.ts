import { beforeEach, expect, it } from "vitest";

import type { RunEvents } from "../../../shared/api/index.ts";
import { graph } from "../../store/graph-store.ts";
import { runs } from "../../store/run-store.ts";
import { testNode } from "../../store/test-node.ts";
import { groupStanding, standingOf } from "./group-standing.ts";

const members = ["source.a", "transform.b", "transform.c"];

beforeEach(() => {
  runs.clear();
  graph.load(
    { nodes: [testNode("source.a"), testNode("transform.b", ["source.a"]), testNode("transform.c")], broken: [] },
    new Map(),
  );
});

it.each([
  [["ok", "cached", "ok"], "ok", "OK"],
  [["ok", "stale", "failed", "stale"], "failed", "1 failed, 2 stale"],
  [["running", "invalid", "queued"], "invalid", "1 invalid, 1 running, 1 queued"],
  [["disabled", "cached"], "cached", "Cached"],
] as const)("is the worst of them, with how many want attention: %s", (states, state, words) => {
  expect(standingOf(states)).toEqual({ state, words });
});

it("follows nodes that change and runs that go on", () => {
  expect(groupStanding(members)).toEqual({ state: "stale", words: "3 stale" });
  const started = { type: "started", node: "transform.b", time: "2026-01-01T00:00:00Z", attempt: 1 };
  runs.apply({ runId: "r", events: [started] } as unknown as RunEvents);
  expect(groupStanding(members)).toEqual({ state: "running", words: "1 running, 2 stale" });
  const problem = { severity: "error", code: "yaml_syntax", message: "no", next: "", node: null, location: null };
  const broken = testNode("transform.c", [], {
    isBroken: true,
    problem: { ...problem, params: {}, cause: null } as never,
  });
  graph.apply({ nodes: [broken], removed: [], broken: null }, () => ({ x: 0, y: 0 }));
  expect(groupStanding(members)).toEqual({ state: "invalid", words: "1 invalid, 1 running, 1 stale" });
});
