import { describe, expect, it, vi } from "vitest";

import type { NodeResult, NodeStatus, Plan, PlanAction, RunEvent, RunSummary } from "../../shared/run/index.ts";
import { RunStore } from "./run-store.ts";

const time = "2024-01-01T00:00:00.000Z";

const plan = (actions: Readonly<Record<string, PlanAction>>, text = "never ran"): Plan => ({
  steps: Object.entries(actions).map(([node, action]) => ({
    node,
    kind: "transform",
    action,
    reasons: [{ kind: "never_ran", text, subject: null }],
    inputs: [],
    expectedSeconds: null,
    targets: [],
  })),
  counts: { run: 0, check: 0, cached: 0, materialize: 0, skip: 0 },
});

const planned = (actions: Readonly<Record<string, PlanAction>>): RunEvent => ({
  type: "planned",
  runId: "r",
  time,
  plan: plan(actions),
  gitCommit: null,
  options: {},
});
const started = (node: string): RunEvent => ({ type: "started", node, time, attempt: 1 });
const progress = (node: string, rows: number): RunEvent => ({
  type: "progress",
  node,
  time,
  phase: "writing",
  rows,
  fraction: 0.5,
});
const finished = (node: string, status: NodeStatus): RunEvent => ({
  type: "finished",
  node,
  time,
  result: { node_id: node, status } as NodeResult,
});
const ended: RunEvent = { type: "run_finished", runId: "r", time, summary: { runId: "r" } as RunSummary };
const log = (text: string): RunEvent => ({ type: "log", node: "a", time, level: "info", stream: "stdout", text });

describe("a run", () => {
  it("queues what will run, follows each node and keeps its result", () => {
    const store = new RunStore();
    store.apply({ runId: "r", events: [planned({ a: "run", b: "check", c: "cached" })] });
    expect([store.live("a")?.phase, store.live("b")?.phase, store.live("c")]).toEqual(["queued", "queued", null]);
    expect(store.isRunning).toBe(true);
    store.apply({ runId: "r", events: [started("a"), progress("a", 10)] });
    expect(store.live("a")).toMatchObject({ phase: "running", doing: "writing", rows: 10, fraction: 0.5 });
    store.apply({ runId: "r", events: [finished("a", "SUCCESS"), ended] });
    expect(store.live("a")).toMatchObject({ phase: "finished", result: { status: "SUCCESS" } });
    expect(store.live("b"), "what never came to be is not shown as waiting").toBeNull();
    expect(store.isRunning).toBe(false);
  });

  it("wakes each node once a batch, and no other", () => {
    const store = new RunStore();
    store.apply({ runId: "r", events: [planned({ a: "run", b: "run" })] });
    const a = vi.fn<() => void>();
    const b = vi.fn<() => void>();
    store.onNode("a", a);
    const stop = store.onNode("b", b);
    store.apply({ runId: "r", events: [started("a"), progress("a", 1), progress("a", 2), progress("a", 3)] });
    expect([a.mock.calls.length, b.mock.calls.length]).toEqual([1, 0]);
    stop();
    store.apply({ runId: "r", events: [started("b")] });
    expect(b).not.toHaveBeenCalled();
  });

  it("keeps the newest log lines, numbered, and forgets them with the next run", () => {
    const store = new RunStore();
    store.apply({
      runId: "r",
      events: [planned({ a: "run" }), ...Array.from({ length: 20_001 }, (_value, at) => log(`${at}`))],
    });
    expect(store.logs.at(-1)).toMatchObject({ text: "20000", number: 20_001 });
    expect(store.logs.length).toBeLessThanOrEqual(20_000);
    store.apply({ runId: "s", events: [planned({ a: "run" })] });
    expect(store.logs).toEqual([]);
  });
});

it("a new plan wakes the nodes whose answer differs", () => {
  const store = new RunStore();
  store.setPlan(plan({ a: "run", b: "run" }));
  const woken: string[] = [];
  for (const id of ["a", "b", "c"]) store.onNode(id, () => woken.push(id));
  store.setPlan(plan({ a: "run", b: "cached", c: "run" }));
  store.setPlan(null);
  expect(woken).toEqual(["b", "c", "a", "b", "c"]);
});
