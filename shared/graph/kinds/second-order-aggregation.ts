import { z } from "zod";

import { aggregateFeatureShape, aggregationTimeShape } from "./aggregation.ts";
import { checksSchema } from "./checks.ts";
import { commonShape } from "./common.ts";
import { defineKind, type Reference } from "./kind.ts";

const featureSchema = z.strictObject({ ...aggregateFeatureShape, source_feature: z.string().optional() });

export const secondOrderAggregationKind = defineKind({
  kind: "second_order_aggregation",
  label: "Second-order aggregation",
  description: "Aggregates of aggregates, such as a region's from its customers'.",
  schema: z.strictObject({
    ...commonShape,
    ...aggregationTimeShape,
    source: z.string().optional().describe("The aggregation it reads, kind.name"),
    features: z
      .union([
        z.array(featureSchema),
        z
          .record(z.string(), featureSchema)
          .transform((map) => Object.entries(map).map(([name, feature]) => ({ ...feature, name }))),
      ])
      .optional(),
    tests: checksSchema.optional(),
  }),
  references: ({ source }): readonly Reference[] => (source === undefined ? [] : [{ path: ["source"], ref: source }]),
});
