import type { NodeResult, NodeStatus, PlanStep, RunEvent, RunSummary } from "../../../shared/run/index.ts";

const time = "2024-06-30T12:00:00.000Z";

/** A plan's step for tests: a node that runs because its SQL changed. */
export const planStep = (node: string, more: Partial<PlanStep> = {}): PlanStep => ({
  node,
  kind: node.split(".")[0] ?? "transform",
  action: "run",
  reasons: [{ kind: "sql_changed", text: "SQL changed", subject: null }],
  inputs: [],
  expectedSeconds: null,
  targets: [],
  ...more,
});

/** A node's result for tests: 1,200 rows in 340 ms. */
export const nodeResult = (node: string, status: NodeStatus, more: Partial<NodeResult> = {}): NodeResult => ({
  node_id: node,
  status,
  duration_seconds: 0.34,
  row_count: 1200,
  output_path: `target/intermediate/${node.replace(".", "_")}.parquet`,
  error_message: null,
  error: null,
  metadata: {
    engine: "duckdb",
    version: "1.5.5",
    view_name: node,
    warnings: [],
    metrics: { memory_mb: null, cpu_seconds: null, cpu_percent: null },
    columns: [],
    output_hash: null,
    env_hash: null,
    artifact_hash: null,
    targets: [],
  },
  is_dry_run: false,
  created_at: time,
  ...more,
});

/** A run's summary for tests. */
export const runSummary = (more: Partial<RunSummary> = {}): RunSummary => ({
  runId: "20240630T120000-abcdef",
  status: "SUCCESS",
  ran: 0,
  cached: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
  warnings: 0,
  durationSeconds: 0.2,
  savedSeconds: 0,
  error: null,
  exitCode: 0,
  ...more,
});

/** Events by what they say, for tests of the views. */
export const events = {
  planned: (steps: readonly PlanStep[]): RunEvent => ({
    type: "planned",
    runId: "20240630T120000-abcdef",
    time,
    gitCommit: null,
    options: {},
    plan: { steps, counts: { run: steps.length, check: 0, cached: 0, materialize: 0, skip: 0 } },
  }),
  started: (node: string, attempt = 1): RunEvent => ({ type: "started", node, time, attempt }),
  progress: (node: string, phase: string, rows: number | null, fraction: number | null): RunEvent => ({
    type: "progress",
    node,
    time,
    phase,
    rows,
    fraction,
  }),
  log: (
    node: string,
    text: string,
    level: "info" | "warning" = "info",
    stream: "stdout" | "log" = "stdout",
  ): RunEvent => ({
    type: "log",
    node,
    time,
    level,
    stream,
    text,
  }),
  finished: (result: NodeResult): RunEvent => ({ type: "finished", node: result.node_id, time, result }),
} as const;
