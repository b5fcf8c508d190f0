import { z } from "zod";

import { commonShape } from "./common.ts";
import { defineKind } from "./kind.ts";

export const transformKind = defineKind({
  kind: "transform",
  label: "Transform",
  description: "One SELECT over its inputs, or a Python function.",
  schema: z.strictObject({
    ...commonShape,
    transform: z.string().optional().describe("One SELECT in DuckDB's dialect"),
  }),
});
