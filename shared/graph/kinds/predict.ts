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
    version: z.union([z.string(), z.number()]).optional(),
    timestamp: z.string().optional(),
    output_columns: z.array(z.string()).optional(),
    tests: checksSchema.optional(),
  }),
  references: ({ model }): readonly Reference[] => [
    { path: ["model"], ref: model.includes(".") ? model : `model.${model}` },
  ],
});
