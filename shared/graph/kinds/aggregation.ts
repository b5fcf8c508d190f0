import { z } from "zod";

import { checksSchema } from "./checks.ts";
import { commonShape } from "./common.ts";
import { defineKind, type Reference } from "./kind.ts";
import { dayBoundsSchema, functionNamesSchema, windowSchema } from "./windows.ts";

const names = z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]);
const fillSchema = z
  .union([z.number(), z.string(), z.boolean(), z.null()])
  .describe("Stands where there is nothing to aggregate");
const filterSchema = z.string().describe("An SQL condition: only rows that meet it are aggregated");

const aggregateSchema = z.strictObject({
  name: z.string().optional().describe("The column's name; <column>_<function>_<window> when left out"),
  column: z.string().optional().describe("What is aggregated; rows are counted when left out"),
  function: z.string().describe("count, sum, avg, min, max, first, last, p95, …"),
  window: z.union([dayBoundsSchema, windowSchema]).optional(),
  group_by: names.optional().describe("Makes a table of its own, <node>__<columns>"),
  filter: filterSchema.optional(),
  fill: fillSchema.optional(),
});

const ratioSchema = z.strictObject({
  name: z.string().optional(),
  numerator: dayBoundsSchema,
  denominator: dayBoundsSchema,
  aggs: functionNamesSchema.default(["sum"]),
});

const sinceSchema = z.strictObject({
  name: z.string().optional(),
  condition: filterSchema.optional(),
  aggs: functionNamesSchema.default(["count"]),
});

const rollingSchema = z
  .strictObject({
    window: z.union([dayBoundsSchema, windowSchema]),
    functions: functionNamesSchema.optional(),
    aggs: functionNamesSchema.optional(),
  })
  .refine(({ functions, aggs }) => (functions === undefined) !== (aggs === undefined), {
    message: "functions: or aggs:, one of them",
  });

export const aggregateFeatureShape = {
  name: z.string().optional(),
  column: z.string().optional(),
  filter: filterSchema.optional(),
  basic: functionNamesSchema.optional().describe("Over everything up to the application date"),
  rolling: z.array(rollingSchema).optional(),
  window: z.union([dayBoundsSchema, windowSchema]).optional().describe("For the functions under basic"),
  ratio: z.union([ratioSchema.transform((ratio) => [ratio]), z.array(ratioSchema)]).optional(),
  since: z
    .union([sinceSchema.transform((since) => [since]), z.array(sinceSchema)])
    .optional()
    .describe("Over the rows that meet a condition"),
  fill: fillSchema.optional(),
} as const;

const featureSchema = z.strictObject(aggregateFeatureShape);

/** Features in a list, or by name. */
export const featureList = <Feature extends z.ZodObject>(feature: Feature) =>
  z.union([
    z.array(feature),
    z
      .record(z.string(), feature)
      .transform((map) => Object.entries(map).map(([name, described]) => ({ ...described, name }))),
  ]);

const spineSchema = z
  .union([
    z.string().transform((ref) => ({ ref, time_column: undefined })),
    z.strictObject({ ref: z.string(), time_column: z.string().optional() }),
  ])
  .describe("The node whose rows say for whom and when, kind.name");

export const aggregationTimeShape = {
  id_col: names.optional().describe("The entity's key"),
  feature_date_col: z.string().optional().describe("When a row happened"),
  application_date_col: z.string().optional().describe("When it is looked at"),
  time_column: z.string().optional().describe("Another spelling of feature_date_col"),
  mode: z.enum(["none", "as_of", "per_event", "spine", "grid", "tumbling"]).optional(),
  as_of: z.string().optional().describe("A date or time, $date, $start or $end; the run's logical date when left out"),
  every: windowSchema.optional().describe("The step of a grid or the length of tumbling windows"),
  start: z.string().optional().describe("Where a grid begins; at the first event when left out"),
  end: z.string().optional().describe("Where a grid ends; the run's end or logical date when left out"),
  spine: spineSchema.optional(),
  timezone: z.string().optional().describe("For months, years and days of the calendar; UTC when left out"),
  include_current: z.boolean().default(true).describe("Whether a window holds what happens at its very end"),
} as const;

/** Nodes that an aggregation names outside `inputs`. */
export const aggregationReferences = (config: {
  readonly source?: string | undefined;
  readonly spine?: { readonly ref: string } | undefined;
}): readonly Reference[] => [
  ...(config.source === undefined ? [] : [{ path: ["source"], ref: config.source }]),
  ...(config.spine === undefined ? [] : [{ path: ["spine"], ref: config.spine.ref }]),
];

export const aggregationKind = defineKind({
  kind: "aggregation",
  label: "Aggregation",
  description: "Counts, sums and other aggregates per entity over windows of time.",
  schema: z.strictObject({
    ...commonShape,
    ...aggregationTimeShape,
    source: z.string().optional().describe("The node it reads, kind.name; the first of inputs when left out"),
    group_by: names.optional(),
    aggregations: z.array(aggregateSchema).optional(),
    features: featureList(featureSchema).optional(),
    transform: z.string().optional().describe("SQL that prepares the rows to aggregate"),
    tests: checksSchema.optional(),
  }),
  sqlKey: "transform",
  references: aggregationReferences,
});
