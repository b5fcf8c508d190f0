// The project as a window draws it: the graph as plain data, with what earlier runs left behind.

import { z } from "zod";

import { errorDataSchema } from "../protocol/messages.ts";

export const columnSchema = z.object({ name: z.string(), type: z.string() });

export const problemSchema = errorDataSchema.extend({ severity: z.enum(["error", "warning"]) });
export type ProblemView = z.infer<typeof problemSchema>;

export const nodeStatusSchema = z.enum([
  "PENDING",
  "RUNNING",
  "SUCCESS",
  "WARNING",
  "FAILED",
  "CACHED",
  "SKIPPED",
  "CANCELLED",
]);

export const lastRunSchema = z.object({
  runId: z.string(),
  status: nodeStatusSchema,
  /** ISO 8601. */
  time: z.string(),
  rows: z.number(),
  seconds: z.number(),
  /** What it warned of. */
  warnings: z.array(z.string()),
  /** Whether its table can be looked at. */
  hasOutput: z.boolean(),
});
export type LastRunView = z.infer<typeof lastRunSchema>;

export const nodeViewSchema = z.object({
  /** `kind.name`. */
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  language: z.enum(["sql", "python", "none"]),
  /** One line saying what it does, e.g. `data/orders.csv` or `where status = 'paid'`. */
  summary: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  /** Ids in `input_0, input_1, …` order; one that is not a node stands for a missing input. */
  inputs: z.array(z.string()),
  enabled: z.boolean(),
  /** Keeps the output it has. */
  pinned: z.boolean(),
  /** Materialization targets, e.g. `warehouse: analytics.orders`. */
  targets: z.array(z.string()),
  file: z.string(),
  line: z.number(),
  /** As last seen; `null` before its first run. */
  columnCount: z.number().nullable(),
  lastRun: lastRunSchema.nullable(),
  /** Its worst problem, for the card; the rest are in the project's problems. */
  problem: problemSchema.nullable(),
  /** Its file cannot be read as it is now, for the reason in `problem`: all else is what it was before. */
  isBroken: z.boolean(),
});
export type NodeView = z.infer<typeof nodeViewSchema>;

/** A file or document that could not become a node; it keeps a place on the canvas. */
export const brokenViewSchema = z.object({
  /** The id it would have, or `broken:<file>:<line>`. */
  id: z.string(),
  file: z.string(),
  line: z.number(),
  problem: problemSchema,
});
export type BrokenView = z.infer<typeof brokenViewSchema>;

export const projectInfoSchema = z.object({
  /** Absolute folder. */
  root: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  connections: z.array(z.string()),
  /** False while the project is open restricted: nothing of it is run. */
  trusted: z.boolean(),
  git: z.object({ branch: z.string(), changed: z.number() }).nullable(),
});
export type ProjectInfo = z.infer<typeof projectInfoSchema>;

export const projectViewSchema = z.object({
  /** Grows with every change the host sees. */
  revision: z.number(),
  info: projectInfoSchema,
  nodes: z.array(nodeViewSchema),
  broken: z.array(brokenViewSchema),
  problems: z.array(problemSchema),
});
export type ProjectView = z.infer<typeof projectViewSchema>;

/** What changed since the revision before; parts that are `null` did not. */
export const projectChangeSchema = z.object({
  revision: z.number(),
  /** `nodes` are all there are: the window missed something. */
  isWhole: z.boolean(),
  info: projectInfoSchema.nullable(),
  nodes: z.array(nodeViewSchema),
  removed: z.array(z.string()),
  broken: z.array(brokenViewSchema).nullable(),
  problems: z.array(problemSchema).nullable(),
  /** Files whose text changed; an open editor of one of them looks again. */
  files: z.array(z.string()),
});
export type ProjectChange = z.infer<typeof projectChangeSchema>;

/** What the inspector shows of one node beyond its card. */
export const nodeDetailsSchema = z.object({
  id: z.string(),
  owner: z.string().nullable(),
  /** The kind's schema applied to the file: defaults filled in. */
  config: z.record(z.string(), z.unknown()),
  columns: z.array(columnSchema).nullable(),
  readers: z.array(z.string()),
  files: z.array(z.string()),
  /** Seconds, rows and status of its recent runs, newest first. */
  targets: z.array(z.object({ target: z.string(), status: z.string(), time: z.string() })),
});
export type NodeDetails = z.infer<typeof nodeDetailsSchema>;
