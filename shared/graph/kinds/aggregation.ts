import { z } from "zod";

import { checksSchema } from "./checks.ts";
import { commonShape } from "./common.ts";
import { defineKind } from "./kind.ts";
import { dayBoundsSchema, functionNamesSchema, windowSchema } from "./windows.ts";

const names = z.union([z.string().transform((name) => [name]), z.array(z.string())]);

const aggregateSchema = z.strictObject({
  name: z.string().optional(),
  column: z.string().optional(),
  function: z.string(),
  window: windowSchema.optional(),
  group_by: names.optional(),
  filter: z.string().optional(),
  fill: z.union([z.number(), z.string(), z.null()]).optional(),
});

const ratioSchema = z.strictObject({
  numerator: dayBoundsSchema,
  denominator: dayBoundsSchema,
  aggs: functionNamesSchema,
});

const boundedFunctionsSchema = z.strictObject({
  window: z.union([dayBoundsSchema, windowSchema]),
  functions: functionNamesSchema.optional(),
  aggs: functionNamesSchema.optional(),
});

export const aggregateFeatureShape = {
  name: z.string().optional(),
  column: z.string().optional(),
  filter: z.string().optional(),
  basic: functionNamesSchema.optional(),
  rolling: z.array(boundedFunctionsSchema).optional(),
  window: z.union([dayBoundsSchema, windowSchema]).optional(),
  ratio: z.union([ratioSchema.transform((ratio) => [ratio]), z.array(ratioSchema)]).optional(),
  since: z.array(z.strictObject({ condition: z.string().optional(), aggs: functionNamesSchema.optional() })).optional(),
  fill: z.union([z.number(), z.string(), z.null()]).optional(),
} as const;

const featureSchema = z.strictObject(aggregateFeatureShape);

export const aggregationTimeShape = {
  id_col: names.optional().describe("The entity's key"),
  feature_date_col: z.string().optional().describe("When a row happened"),
  application_date_col: z.string().optional().describe("When it is looked at"),
  time_column: z.string().optional(),
  mode: z.enum(["none", "as_of", "per_event", "spine", "grid", "tumbling"]).optional(),
  as_of: z.string().optional(),
  timezone: z.string().optional(),
  include_current: z.boolean().default(true),
} as const;

export const aggregationKind = defineKind({
  kind: "aggregation",
  label: "Aggregation",
  description: "Counts, sums and other aggregates per entity over windows of time.",
  schema: z.strictObject({
    ...commonShape,
    ...aggregationTimeShape,
    group_by: names.optional(),
    aggregations: z.array(aggregateSchema).optional(),
    features: z
      .union([
        z.array(featureSchema),
        z
          .record(z.string(), featureSchema)
          .transform((map) => Object.entries(map).map(([name, feature]) => ({ ...feature, name }))),
      ])
      .optional(),
    transform: z.string().optional().describe("SQL that prepares the rows to aggregate"),
    tests: checksSchema.optional(),
  }),
  sqlKey: "transform",
});
