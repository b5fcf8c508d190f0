// Plans, events and summaries of runs as the contract sees them; the types are those of shared/run.

import { z } from "zod";

import type { NodeResult, Plan, RunEvent, RunSummary } from "../../run/index.ts";
import { errorDataSchema } from "../protocol/messages.ts";
import { columnSchema, nodeStatusSchema } from "./project-view.ts";

const reasonKinds = [
  "never_ran",
  "sql_changed",
  "python_changed",
  "config_changed",
  "inputs_changed",
  "file_changed",
  "upstream_changed",
  "environment_changed",
  "parameter_changed",
  "engine_changed",
  "output_missing",
  "failed_before",
  "target_failed",
  "store_behind",
  "target_changed",
  "volatile",
  "expired",
  "source_changed",
  "always",
  "forced",
  "pinned",
  "disabled",
  "not_selected",
  "up_to_date",
  "upstream_failed",
] as const;

const actions = ["run", "check", "cached", "materialize", "skip"] as const;

export const planSchema: z.ZodType<Plan, Plan> = z.object({
  steps: z.array(
    z.object({
      node: z.string(),
      kind: z.string(),
      action: z.enum(actions),
      reasons: z.array(z.object({ kind: z.enum(reasonKinds), text: z.string(), subject: z.string().nullable() })),
      inputs: z.array(z.string()),
      expectedSeconds: z.number().nullable(),
      targets: z.array(z.string()),
      details: z.array(z.string()).optional(),
    }),
  ),
  counts: z.record(z.enum(actions), z.number()),
});

const targetResultSchema = z.object({
  target: z.string(),
  type: z.string(),
  mode: z.string(),
  status: z.enum(["SUCCESS", "FAILED", "UNCHANGED", "CANCELLED"]),
  rows: z.number().nullable(),
  inserted: z.number().nullable(),
  updated: z.number().nullable(),
  deleted: z.number().nullable(),
  unchanged: z.number().nullable(),
  durationSeconds: z.number(),
  error: errorDataSchema.nullable(),
});

const metadataSchema = z.looseObject({
  engine: z.enum(["duckdb", "python", "spark", "none"]),
  version: z.string(),
  view_name: z.string().nullable(),
  warnings: z.array(z.string()),
  metrics: z.object({
    memory_mb: z.number().nullable(),
    cpu_seconds: z.number().nullable(),
    cpu_percent: z.number().nullable(),
  }),
  columns: z.array(columnSchema),
  output_hash: z.string().nullable(),
  env_hash: z.string().nullable(),
  artifact_hash: z.string().nullable(),
  targets: z.array(targetResultSchema),
});

const resultSchema: z.ZodType<NodeResult, NodeResult> = z.object({
  node_id: z.string(),
  status: nodeStatusSchema,
  duration_seconds: z.number(),
  row_count: z.number(),
  output_path: z.string().nullable(),
  error_message: z.string().nullable(),
  error: errorDataSchema.nullable(),
  metadata: metadataSchema,
  is_dry_run: z.boolean(),
  created_at: z.string(),
});

export const runSummarySchema: z.ZodType<RunSummary, RunSummary> = z.object({
  runId: z.string(),
  status: z.enum(["SUCCESS", "WARNING", "FAILED", "CANCELLED"]),
  ran: z.number(),
  cached: z.number(),
  failed: z.number(),
  skipped: z.number(),
  cancelled: z.number(),
  warnings: z.number(),
  durationSeconds: z.number(),
  savedSeconds: z.number(),
  error: errorDataSchema.nullable(),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(130)]),
});

const options = z.record(z.string(), z.unknown());

export const runEventSchema: z.ZodType<RunEvent, RunEvent> = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("planned"),
    runId: z.string(),
    time: z.string(),
    plan: planSchema,
    gitCommit: z.string().nullable(),
    options,
  }),
  z.object({ type: z.literal("started"), node: z.string(), time: z.string(), attempt: z.number() }),
  z.object({
    type: z.literal("progress"),
    node: z.string(),
    time: z.string(),
    phase: z.string(),
    rows: z.number().nullable(),
    fraction: z.number().nullable(),
  }),
  z.object({
    type: z.literal("log"),
    node: z.string().nullable(),
    time: z.string(),
    level: z.enum(["debug", "info", "warning", "error"]),
    stream: z.enum(["stdout", "stderr", "log"]),
    text: z.string(),
  }),
  z.object({ type: z.literal("finished"), node: z.string(), time: z.string(), result: resultSchema }),
  z.object({ type: z.literal("run_finished"), runId: z.string(), time: z.string(), summary: runSummarySchema }),
]);

/** Events of one run that arrived together. */
export interface RunEvents {
  readonly runId: string;
  readonly events: readonly RunEvent[];
}
export const runEventsSchema: z.ZodType<RunEvents, RunEvents> = z.object({
  runId: z.string(),
  events: z.array(runEventSchema),
});

export const runRecordSchema = z.object({
  summary: runSummarySchema,
  startedAt: z.string(),
  gitCommit: z.string().nullable(),
  options,
  /** False when its journal ends early: the run was killed. */
  complete: z.boolean(),
});
export type RunRecordView = z.infer<typeof runRecordSchema>;

const sideSchema = z.object({
  status: nodeStatusSchema,
  rows: z.number().nullable(),
  seconds: z.number().nullable(),
  reasons: z.array(z.string()),
  error: z.string().nullable(),
});

export const runComparisonSchema = z.object({
  from: runRecordSchema,
  to: runRecordSchema,
  nodes: z.array(
    z.object({
      node: z.string(),
      /** `null`: it was not part of that run. */
      before: sideSchema.nullable(),
      after: sideSchema.nullable(),
      output: z.enum(["same", "changed", "unknown"]),
      columns: z.array(z.string()),
    }),
  ),
});
export type RunComparisonView = z.infer<typeof runComparisonSchema>;

const names = z.array(z.string()).default([]);

/** Which nodes a plan or a run is about; everything when all lists are empty. */
export const planOptionsSchema = z.object({
  selectors: names,
  nodes: names,
  types: names,
  tags: names,
  excludeTags: names,
  full: z.boolean().default(false),
  materialize: z.boolean().default(true),
  date: z.string().nullable().default(null),
  start: z.string().nullable().default(null),
  end: z.string().nullable().default(null),
});

export const runOptionsSchema = planOptionsSchema.extend({
  maxWorkers: z.int().min(1).max(64).nullable().default(null),
  continueOnError: z.boolean().default(false),
  retryAttempts: z.int().min(1).max(20).nullable().default(null),
  timeoutSeconds: z.number().positive().nullable().default(null),
  /** Tables (`schema.table`) that may be replaced on production connections although they have rows. */
  confirm: z.array(z.string().max(500)).max(1000).default([]),
});
export type RunRequest = z.input<typeof runOptionsSchema>;
