import { z } from "zod";

import { checksSchema } from "./checks.ts";
import { commonShape } from "./common.ts";
import { defineKind, type Reference } from "./kind.ts";

export const predictKind = defineKind({
  kind: "predict",
  label: "Predict",
  description: "Applies a version of a model to an input.",
  schema: z.strictObject({
    ...commonShape,
    model: z
      .union([z.string(), z.strictObject({ ref: z.string() }).transform(({ ref }) => ref)])
      .describe("model.name"),
    version: z
      .union([z.string(), z.number()])
      .optional()
      .describe("promoted, latest, or a version's id or name; promoted when left out"),
    timestamp: z.string().optional().describe("When the features of listed feature groups are looked at"),
    roles: z
      .record(z.string(), z.record(z.string(), z.string()))
      .optional()
      .describe("By role, the column for each join key of a listed feature group"),
    output_columns: z.array(z.string()).optional().describe("Columns of the table of predictions"),
    tests: checksSchema.optional(),
  }),
  references: ({ model }): readonly Reference[] => [
    { path: ["model"], ref: model.includes(".") ? model : `model.${model}` },
  ],
});
