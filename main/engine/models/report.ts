import { readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

const scoresSchema = z.record(z.string(), z.number().nullable());

/** What a training says about itself; kept as report.json beside its artifact. */
const reportSchema = z.object({
  version: z.string(),
  node: z.string(),
  task: z.enum(["classification", "regression"]),
  algorithm: z.string(),
  hyperparameters: z.record(z.string(), z.json()),
  target: z.string(),
  classes: z.array(z.string()),
  features: z.array(z.object({ name: z.string(), kind: z.string(), type: z.string() })),
  split: z.object({
    kind: z.string(),
    column: z.string().nullable(),
    /** Of a time split: microseconds since 1970. */
    cut: z.number().nullable(),
    train_rows: z.number(),
    test_rows: z.number(),
    rows: z.number(),
  }),
  folds: z.number().nullable(),
  seed: z.number(),
  data_hash: z.string(),
  env_hash: z.string(),
  main_metric: z.string(),
  larger_is_better: z.boolean(),
  /** By `model.test`, `model.train`, `baseline.test`, `promoted.test`. */
  scores: z.record(z.string(), scoresSchema),
  former: z.string().nullable(),
  former_note: z.string().nullable(),
  importance: z.array(
    z.object({
      feature: z.string(),
      kind: z.string(),
      importance: z.number().nullable(),
      deviation: z.number().nullable(),
      metric: z.string(),
    }),
  ),
  warnings: z.array(z.string()),
});
export type ModelReport = z.output<typeof reportSchema>;

/** Reads the report in a version's folder; throws where it is not there or is none. */
export const readReport = (folder: string): ModelReport =>
  reportSchema.parse(JSON.parse(readFileSync(join(folder, "report.json"), "utf8")));
