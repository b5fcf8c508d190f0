import { z } from "zod";

import { checksSchema } from "./checks.ts";
import { commonShape, inputSchema } from "./common.ts";
import { defineKind, type Reference } from "./kind.ts";

const parametersSchema = z.record(z.string(), z.unknown());
const testSize = z.number().gt(0).lt(1).describe("The share of rows that test; 0.2 when left out");

const labelsSchema = z.strictObject({
  ref: z.string().describe("The node whose rows are learned from, kind.name"),
  target: z.string(),
  timestamp: z.string().optional().describe("When each row's features are looked at"),
  features: z.array(z.string()).optional().describe("Columns of these rows that are features too"),
  roles: z
    .record(z.string(), z.record(z.string(), z.string()))
    .optional()
    .describe("By role, the column for each join key: a feature group is then joined once a role"),
  full_names: z.boolean().optional().describe("Columns are <group>__<feature>"),
});

const splitSchema = z.strictObject({
  kind: z.enum(["random", "stratified", "time", "group"]),
  test_size: testSize.optional(),
  column: z.string().optional().describe("The time column, or the column of groups"),
  at: z.string().optional().describe("For time: this moment and all later ones test"),
});

const foldsSchema = z.union([
  z.number().int().min(2).max(50),
  z.strictObject({ folds: z.number().int().min(2).max(50) }).transform(({ folds }) => folds),
]);

export const modelKind = defineKind({
  kind: "model",
  label: "Model",
  description: "Trains a model on features as they were known at each label's time.",
  schema: z.strictObject({
    ...commonShape,
    algorithm: z.string().optional().describe("A scikit-learn name, or a short one such as random_forest"),
    hyperparameters: parametersSchema.optional(),
    task: z.enum(["classification", "regression"]).optional().describe("The target decides when left out"),
    features: z.array(inputSchema).default([]),
    exclude: z.array(z.string()).default([]).describe("Columns that are not features"),
    target: z.string().optional(),
    training: z
      .strictObject({
        algorithm: z.string().optional(),
        params: parametersSchema.optional(),
        test_size: testSize.optional(),
        label_source: z.string().optional(),
        label_column: z.string().optional(),
      })
      .optional()
      .describe("Another spelling of algorithm, hyperparameters, split and labels"),
    transform: z.string().optional().describe("SQL that prepares the training rows"),
    output_columns: z.array(z.string()).optional().describe("Columns of the table of predictions"),
    labels: labelsSchema.optional().describe("The rows to learn from; feature groups are joined to them point in time"),
    split: splitSchema.optional().describe("By time where the rows have one, else stratified or random"),
    cv: foldsSchema.optional().describe("Folds of a cross validation on the training rows"),
    seed: z.number().int().min(0).max(4_294_967_295).optional(),
    metrics: z.array(z.string()).optional().describe("All that fit the task when left out; the first one decides"),
    class_weight: z.union([z.literal("balanced"), z.record(z.string(), z.number().positive())]).optional(),
    promote_if: z
      .string()
      .optional()
      .describe("When a new version is promoted, e.g. roc_auc > promoted.roc_auc; always when left out"),
    artifact: z
      .strictObject({
        format: z.enum(["skops", "onnx", "pickle"]).default("skops"),
        allow_pickle: z.boolean().optional(),
      })
      .optional()
      .describe("A further form of the artifact beside skops"),
    version: z.union([z.string(), z.number()]).optional().describe("A name that predict may use for the newest of it"),
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
