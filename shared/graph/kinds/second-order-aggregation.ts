import { z } from "zod";

import { aggregateFeatureShape, aggregationReferences, aggregationTimeShape, featureList } from "./aggregation.ts";
import { checksSchema } from "./checks.ts";
import { commonShape } from "./common.ts";
import { defineKind } from "./kind.ts";

const featureSchema = z.strictObject({
  ...aggregateFeatureShape,
  source_feature: z.string().optional().describe("The column of the source; the feature's own name when left out"),
});

export const secondOrderAggregationKind = defineKind({
  kind: "second_order_aggregation",
  label: "Second-order aggregation",
  description: "Aggregates of aggregates, such as a region's from its customers'.",
  schema: z.strictObject({
    ...commonShape,
    ...aggregationTimeShape,
    source: z.string().optional().describe("The aggregation it reads, kind.name"),
    group_by: z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]).optional(),
    features: featureList(featureSchema).optional(),
    transform: z.string().optional().describe("SQL that prepares the rows to aggregate"),
    tests: checksSchema.optional(),
  }),
  sqlKey: "transform",
  references: aggregationReferences,
});
