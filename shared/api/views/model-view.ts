// A model's versions, as the studio shows them. Charts are drawn from the node's own tables (`model.x__roc` and so on).

import { z } from "zod";

const scores = z.record(z.string(), z.number().nullable());

/** One trained version. */
export const modelVersionSchema = z.object({
  version: z.string(),
  /** The `version` of the model's file when it was trained. */
  label: z.string().nullable(),
  /** ISO 8601. */
  trainedAt: z.string(),
  runId: z.string(),
  algorithm: z.string(),
  task: z.enum(["classification", "regression"]),
  target: z.string(),
  trainRows: z.number(),
  testRows: z.number(),
  features: z.number(),
  /** The metric that decides, and whether more of it is better. */
  mainMetric: z.string(),
  largerIsBetter: z.boolean(),
  /** On the test rows of its own training; `former` is what the version promoted then scored on the same rows. */
  scores: z.object({ model: scores, baseline: scores, former: scores.nullable(), train: scores }),
  /** Whether the model's rule promoted it when it was trained, and why or why not. */
  wasPromoted: z.boolean(),
  reason: z.string(),
  /** Whether it is the promoted version now. */
  isPromoted: z.boolean(),
  dataHash: z.string(),
  envHash: z.string(),
  artifactHash: z.string(),
});
export type ModelVersionView = z.output<typeof modelVersionSchema>;

/** A model node with its versions, the one trained last first. */
export const modelListingSchema = z.object({
  node: z.string(),
  promoted: z.string().nullable(),
  promotedAt: z.string().nullable(),
  promotedByHand: z.boolean(),
  versions: z.array(modelVersionSchema),
});
export type ModelListingView = z.output<typeof modelListingSchema>;

/** One version in full. */
export const modelDetailsSchema = modelVersionSchema.extend({
  /** Markdown. */
  card: z.string(),
  classes: z.array(z.string()),
  hyperparameters: z.record(z.string(), z.json()),
  seed: z.number(),
  folds: z.number().nullable(),
  split: z.object({
    kind: z.string(),
    column: z.string().nullable(),
    /** Of a time split: the first moment that is tested, ISO 8601 in UTC. */
    from: z.string().nullable(),
    rows: z.number(),
  }),
  featureList: z.array(z.object({ name: z.string(), kind: z.string(), type: z.string() })),
  importance: z.array(
    z.object({
      feature: z.string(),
      importance: z.number().nullable(),
      deviation: z.number().nullable(),
      metric: z.string(),
    }),
  ),
  warnings: z.array(z.string()),
  /** The version that was promoted when it was trained, and what to know about the comparison. */
  former: z.string().nullable(),
  formerNote: z.string().nullable(),
});
export type ModelDetailsView = z.output<typeof modelDetailsSchema>;
