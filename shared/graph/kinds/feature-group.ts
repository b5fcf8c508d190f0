import { z } from "zod";

import { checksSchema } from "./checks.ts";
import { commonShape, durationSchema } from "./common.ts";
import { defineKind } from "./kind.ts";

const featureShape = {
  dtype: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
} as const;

const featuresSchema = z
  .union([
    z.array(
      z.union([
        z.string().transform((name) => ({ name, dtype: undefined, description: undefined, default: undefined })),
        z.strictObject({ name: z.string(), ...featureShape }),
      ]),
    ),
    z
      .record(
        z.string(),
        z.union([
          z.string().transform((dtype) => ({ dtype, description: undefined, default: undefined })),
          z.strictObject(featureShape),
        ]),
      )
      .transform((map) => Object.entries(map).map(([name, feature]) => ({ name, ...feature }))),
  ])
  .default([])
  .describe("A list of {name, dtype, description, default}, or a map by name");

const storesSchema = z.strictObject({
  event_time_col: z.string().optional().describe("Another spelling of event_time"),
  offline: z
    .strictObject({
      enabled: z.boolean().default(true),
      format: z.string().default("parquet"),
      partition_by: z.array(z.string()).optional(),
    })
    .optional(),
  online: z
    .strictObject({
      enabled: z.boolean().default(true),
      store: z.string().optional(),
      ttl: durationSchema.optional(),
      connection: z.string().optional(),
    })
    .optional(),
});

export const featureGroupKind = defineKind({
  kind: "feature_group",
  label: "Feature group",
  description: "Features of an entity, read as they were at a point in time.",
  schema: z.strictObject({
    ...commonShape,
    entity: z
      .union([
        z.string().transform((name) => ({ name, join_keys: undefined })),
        z.strictObject({ name: z.string(), join_keys: z.array(z.string()).min(1).optional() }),
      ])
      .optional()
      .describe("What the features are about; joins on <entity>_id unless join_keys says otherwise"),
    join_keys: z.array(z.string()).min(1).optional().describe("Columns that identify the entity"),
    event_time: z.string().optional().describe("The column that says when a row happened"),
    created_time: z.string().optional().describe("The column that says when it became known"),
    as_known: z.boolean().default(true).describe("What was not yet known at a point in time is not used"),
    ttl: durationSchema.optional().describe("How long a value is good: 30d"),
    features: featuresSchema,
    transform: z.string().optional().describe("SQL that computes the features from the inputs"),
    on_demand: z.array(z.strictObject({ name: z.string(), expr: z.string(), dtype: z.string().optional() })).optional(),
    materialization: storesSchema.optional(),
    version: z.union([z.string(), z.number()]).optional(),
    tests: checksSchema.optional(),
  }),
  sqlKey: "transform",
});
