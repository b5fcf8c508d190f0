import { z } from "zod";

import { checksSchema } from "./checks.ts";
import { commonShape, inputSchema } from "./common.ts";
import { defineKind, type Reference } from "./kind.ts";

const parametersSchema = z.record(z.string(), z.unknown());

export const modelKind = defineKind({
  kind: "model",
  label: "Model",
  description: "Trains a model on features as they were known at each label's time.",
  schema: z.strictObject({
    ...commonShape,
    algorithm: z.string().optional().describe("A scikit-learn name, or a short one such as random_forest"),
    hyperparameters: parametersSchema.optional(),
    features: z.array(inputSchema).default([]),
    target: z.string().optional(),
    training: z
      .strictObject({
        algorithm: z.string().optional(),
        params: parametersSchema.optional(),
        test_size: z.number().gt(0).lt(1).optional(),
        label_source: z.string().optional(),
        label_column: z.string().optional(),
      })
      .optional(),
    transform: z.string().optional().describe("SQL that prepares the training rows"),
    output_columns: z.array(z.string()).optional(),
    labels: z
      .strictObject({ ref: z.string(), target: z.string(), timestamp: z.string().optional() })
      .optional()
      .describe("The rows to learn from; feature groups are joined to them point in time"),
    split: z
      .strictObject({
        kind: z.enum(["random", "stratified", "time", "group"]),
        test_size: z.number().gt(0).lt(1).optional(),
        column: z.string().optional(),
        at: z.string().optional(),
      })
      .optional(),
    cv: z.union([z.number().int().min(2), parametersSchema]).optional(),
    seed: z.number().int().optional(),
    metrics: z.array(z.string()).optional(),
    promote_if: z.string().optional(),
    artifact: z
      .strictObject({
        format: z.enum(["skops", "onnx", "pickle"]).default("skops"),
        allow_pickle: z.boolean().optional(),
      })
      .optional(),
    version: z.union([z.string(), z.number()]).optional(),
    tests: checksSchema.optional(),
  }),
  sqlKey: "transform",
  references: ({ features, labels, training }): readonly Reference[] => [
    ...features.map(({ ref }, index) => ({ path: ["features", index], ref })),
    ...(labels === undefined ? [] : [{ path: ["labels", "ref"], ref: labels.ref }]),
    ...(training?.label_source === undefined
      ? []
      : [{ path: ["training", "label_source"], ref: training.label_source }]),
  ],
});
