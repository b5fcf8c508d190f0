import { z } from "zod";

import { checksSchema } from "./checks.ts";
import { commonShape } from "./common.ts";
import { defineKind, type Reference } from "./kind.ts";

const pointInTimeSchema = z.strictObject({
  spine: z.string().describe("The node whose rows are kept, kind.name"),
  timestamp: z.string().describe("The spine's time column"),
  features: z.array(z.string()).min(1).describe("feature_group.name or feature_group.name.feature"),
  roles: z
    .record(z.string(), z.record(z.string(), z.string()))
    .optional()
    .describe("By role, the spine's column for each join key: a group is then joined once a role"),
  as_known: z.boolean().default(true).describe("What was not yet known at a row's time is not used"),
  full_names: z.boolean().default(false).describe("Columns are <group>__<feature>"),
});

/** The node part of `kind.name.feature`. */
const nodeOf = (feature: string): string => feature.split(".").slice(0, 2).join(".");

export const transformKind = defineKind({
  kind: "transform",
  label: "Transform",
  description: "One SELECT over its inputs, or a Python function.",
  schema: z.strictObject({
    ...commonShape,
    transform: z.string().optional().describe("One SELECT in DuckDB's dialect"),
    columns: z
      .union([z.array(z.string()), z.record(z.string(), z.unknown())])
      .optional()
      .describe("What the columns mean"),
    point_in_time: pointInTimeSchema.optional().describe("Builds a training set instead of running SQL"),
    tests: checksSchema.optional(),
  }),
  sqlKey: "transform",
  references: ({ point_in_time: join }): readonly Reference[] =>
    join === undefined
      ? []
      : [
          { path: ["point_in_time", "spine"], ref: join.spine },
          ...join.features.map((feature, index) => ({
            path: ["point_in_time", "features", index],
            ref: nodeOf(feature),
          })),
        ],
});
