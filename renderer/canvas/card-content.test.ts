import { expect, it } from "vitest";

import type { NodeView } from "../../shared/api/index.ts";
import type { PlanStep } from "../../shared/run/index.ts";
import type { LiveNode } from "../store/run-store.ts";
import { testNode } from "../store/test-node.ts";
import { text } from "../text/text.ts";
import { cardContent } from "./card-content.ts";

const orders = (more: Partial<NodeView> = {}) =>
  ({
    type: "node",
    id: "transform.orders",
    view: testNode("transform.orders", [], { summary: "where paid", columnCount: 12, ...more }),
  }) as const;
const lastRun: NodeView["lastRun"] = {
  runId: "r",
  status: "SUCCESS",
  time: "",
  rows: 1_200_000,
  seconds: 0.34,
  warnings: [],
  hasOutput: true,
};
const ok = { state: "ok", why: "" } as const;

it("says what the node does and what its last run gave", () => {
  expect(cardContent(orders({ lastRun }), ok, null, null, 0)).toMatchObject({
    name: "orders",
    line: "where paid",
    facts: "12 cols · 1.2 M rows · 340 ms",
    chips: [],
  });
  expect(cardContent(orders(), ok, null, null, 0).facts).toBe("not run yet");
});

it("says why it cannot, in place of what it does", () => {
  const invalid = { state: "invalid", why: "There is no column amuont" } as const;
  expect(cardContent(orders(), invalid, null, null, 0)).toMatchObject({ line: invalid.why, isLineBad: true });
});

it("says since when it runs, and what it is doing", () => {
  const live = { phase: "running", startedAt: "2026-01-01T00:00:00Z", doing: "writing orders", rows: 2500 } as LiveNode;
  const now = Date.parse("2026-01-01T00:00:12.7Z");
  expect(cardContent(orders(), { state: "running", why: "" }, null, live, now).facts).toBe(
    "12 s · 2.5 k rows · writing orders",
  );
});

it("has a chip for each thing worth a corner", () => {
  const step = { action: "run", reasons: [{ kind: "sql_changed", text: "its SQL changed", subject: null }] };
  const chipsOf = (more: Partial<NodeView>, state: "stale" | "disabled") =>
    cardContent(orders(more), { state, why: "" }, step as unknown as PlanStep, null, 0).chips.map(
      ({ kind, label, title }) => [kind, label, title],
    );
  expect(chipsOf({ pinned: true, targets: ["db: a", "csv: b"] }, "stale")).toEqual([
    ["stale", "SQL changed", "its SQL changed"],
    ["pinned", "", text.card.pinned],
    ["target", "2", "db: a\ncsv: b"],
  ]);
  expect(chipsOf({ enabled: false, tags: ["daily", "gold"] }, "disabled")).toEqual([
    ["disabled", "", text.state.disabled],
    ["tag", "daily +1", "daily, gold"],
  ]);
});

it("names a tag where there is room beside what its run gave", () => {
  const tagged = { tags: ["gold"], targets: ["db: a"] };
  const labels = (more: Partial<NodeView>, live: LiveNode | null = null) =>
    cardContent(orders({ ...tagged, ...more }), ok, null, live, 0).chips.map(({ label }) => label);
  expect(labels({})).toEqual(["gold", "1"]);
  expect(labels({ lastRun, columnCount: null })).toEqual(["gold", "1"]);
  expect(labels({ lastRun })).toEqual(["", "1"]);
  const live = { phase: "running", startedAt: null, doing: null, rows: null } as LiveNode;
  expect(labels({}, live)).toEqual(["", "1"]);
});
