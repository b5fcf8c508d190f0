import { expect, it } from "vitest";

import type { NodeView, ProblemView } from "../../shared/api/index.ts";
import type { NodeResult, PlanAction, PlanStep } from "../../shared/run/index.ts";
import type { GraphNode } from "./graph-store.ts";
import { nodeState } from "./node-state.ts";
import type { LiveNode } from "./run-store.ts";

const problem = (severity: "error" | "warning"): ProblemView => ({
  severity,
  code: "yaml_syntax",
  message: "It is wrong",
  next: "",
  node: null,
  location: null,
  params: {},
  cause: null,
});
const ran = (status: "SUCCESS" | "FAILED" | "CACHED" | "WARNING" | "SKIPPED"): Partial<NodeView> => ({
  lastRun: { runId: "r", status, time: "", rows: 1, seconds: 1, warnings: ["no rows"], hasOutput: true },
});
const node = (view: Partial<NodeView>): GraphNode => ({
  type: "node",
  id: "transform.a",
  view: {
    kind: "transform",
    language: "sql",
    inputs: ["source.b"],
    enabled: true,
    pinned: false,
    problem: null,
    isBroken: false,
    lastRun: null,
    ...view,
  } as NodeView,
});
const step = (action: PlanAction, text = "SQL changed"): PlanStep =>
  ({ action, reasons: [{ kind: "sql_changed", text, subject: null }] }) as unknown as PlanStep;
const live = (phase: LiveNode["phase"], more: Partial<LiveNode> = {}): LiveNode => ({
  phase,
  doing: null,
  fraction: null,
  rows: null,
  startedAt: null,
  finishedAt: null,
  environmentFrom: null,
  environmentUntil: null,
  attempt: 1,
  result: null,
  ...more,
});
const result = (status: NodeResult["status"], error: string | null = null): Partial<LiveNode> => ({
  result: { status, error_message: error, metadata: { warnings: [] as readonly string[] } } as NodeResult,
});

const broken: GraphNode = {
  type: "broken",
  id: "x",
  view: { id: "x", file: "a.yml", line: 1, problem: problem("error") },
};

const cases: [string, GraphNode, PlanStep | null, LiveNode | null, boolean, string, string][] = [
  ["a broken file", broken, null, null, false, "invalid", "It is wrong"],
  ["disabled, whatever else", node({ enabled: false, problem: problem("error") }), null, null, false, "disabled", ""],
  ["running", node(ran("FAILED")), null, live("running", { doing: "writing" }), false, "running", "writing"],
  [
    "building",
    node({}),
    null,
    live("running", { doing: "building environment" }),
    false,
    "building",
    "building environment",
  ],
  ["queued", node({}), step("run"), live("queued"), false, "queued", ""],
  ["an input that is not there", node({ problem: problem("error") }), null, null, true, "input-missing", "It is wrong"],
  ["an error in its file", node({ problem: problem("error") }), null, null, false, "invalid", "It is wrong"],
  [
    "nothing set yet",
    node({ problem: problem("error"), language: "none", inputs: [] }),
    null,
    null,
    false,
    "unconfigured",
    "It is wrong",
  ],
  [
    "failed in this run",
    node(ran("SUCCESS")),
    step("cached"),
    live("finished", result("FAILED", "no column x")),
    false,
    "failed",
    "no column x",
  ],
  ["failed before", node(ran("FAILED")), step("run"), null, false, "failed", ""],
  ["never ran", node({}), null, null, false, "stale", "never ran"],
  ["stale with its reason", node(ran("SUCCESS")), step("run"), null, false, "stale", "SQL changed"],
  ["stale by its input", node(ran("SUCCESS")), step("check", "b changed"), null, false, "stale", "b changed"],
  ["up to date", node(ran("SUCCESS")), step("cached"), null, false, "ok", "no rows"],
  [
    "a warning of its own",
    node({ ...ran("WARNING"), problem: problem("warning") }),
    step("cached"),
    null,
    false,
    "warning",
    "no rows",
  ],
  ["cached in this run", node(ran("SUCCESS")), step("cached"), live("finished", result("CACHED")), false, "cached", ""],
  [
    "skipped in this run",
    node({}),
    step("run"),
    live("finished", {
      result: { status: "SKIPPED", metadata: { skipped_because: "b failed" } } as unknown as NodeResult,
    }),
    false,
    "skipped",
    "b failed",
  ],
  ["skipped", node(ran("SKIPPED")), null, null, false, "skipped", "no rows"],
];

it.each(cases)("%s", (_what, graphNode, planStep, liveNode, isMissing, state, why) => {
  expect(nodeState(graphNode, planStep, liveNode, isMissing)).toEqual({ state, why });
});
