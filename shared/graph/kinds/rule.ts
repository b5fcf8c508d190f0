import { z } from "zod";

import { checkSchema, checksSchema, severitySchema } from "./checks.ts";
import { commonShape } from "./common.ts";
import { defineKind } from "./kind.ts";

const typedRuleSchema = z.strictObject({
  type: z.string().describe("null, range, uniqueness, freshness, …"),
  column: z.string().optional(),
  columns: z.array(z.string()).optional(),
  value: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  checks: z.array(z.record(z.string(), z.unknown())).optional(),
  sql: z.string().optional(),
});

const oneRuleSchema = z.union([
  z.string().transform((expression) => ({ value: expression })),
  z.strictObject({ value: z.string() }),
  typedRuleSchema,
]);

export const ruleKind = defineKind({
  kind: "rule",
  label: "Rule",
  description: "Checks that rows, columns and tables are what they should be.",
  schema: z.strictObject({
    ...commonShape,
    rule: z
      .union([oneRuleSchema.transform((rule) => [rule]), z.array(oneRuleSchema).min(1)])
      .optional()
      .describe("A SQL condition, or a typed check"),
    rules: z.union([checksSchema, checkSchema.transform((check) => [check])]).optional(),
    severity: severitySchema.default("error"),
    error_message: z.string().optional(),
    columns: z.array(z.string()).optional(),
    on_error: z.enum(["block", "continue", "quarantine"]).optional(),
    store_failures: z.boolean().default(true),
  }),
});
