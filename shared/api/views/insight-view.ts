// What panels show of one kind of node alone.

import { z } from "zod";

/** What a run kept of a node: `rules` and `contract` hold findings, `delivered` a file, `url` an address. */
export const nodeResultSchema = z.object({
  runId: z.string(),
  /** ISO 8601. */
  time: z.string(),
  status: z.string(),
  rows: z.number().nullable(),
  metadata: z.record(z.string(), z.json()),
});
export type NodeResultView = z.output<typeof nodeResultSchema>;

/** How one check came out. */
export const findingSchema = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string(),
  severity: z.string(),
  violations: z.number(),
  rows: z.number(),
  percent: z.number(),
  message: z.string(),
});
export type FindingView = z.output<typeof findingSchema>;

const featureColumnSchema = z.object({
  name: z.string(),
  role: z.enum(["key", "event", "created", "feature"]),
  type: z.string(),
  nulls: z.number(),
  /** Approximate. */
  distinct: z.number().nullable(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  mean: z.number().nullable(),
});

const groupVersionSchema = z.object({
  version: z.string(),
  rows: z.number(),
  /** ISO 8601. */
  written: z.string(),
  columns: z.array(featureColumnSchema),
});

/** A feature group's columns with their statistics, and the versions that were computed, oldest first. */
export const featureGroupViewSchema = z.object({
  present: z.string(),
  eventTime: z.string().nullable(),
  /** Seconds. */
  ttl: z.number().nullable(),
  versions: z.array(groupVersionSchema),
  /** From the version before the present one. */
  changes: z.array(
    z.object({
      column: z.string(),
      change: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      breaks: z.boolean(),
    }),
  ),
});
export type FeatureGroupView = z.output<typeof featureGroupViewSchema>;

/** Windows over the events they look at; times without a zone, on the events' own clock. */
export const windowsViewSchema = z.object({
  input: z.string(),
  column: z.string(),
  at: z.string(),
  windows: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
  bins: z.array(z.object({ from: z.string(), to: z.string(), rows: z.number() })),
});
export type WindowsView = z.output<typeof windowsViewSchema>;
