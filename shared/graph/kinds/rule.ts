import { z } from "zod";

import { checkSchema, checksSchema, severitySchema } from "./checks.ts";
import { commonShape } from "./common.ts";
import { defineKind, type Reference } from "./kind.ts";

/** `null` is a word to YAML too. */
const typeSchema = z.union([z.string(), z.null().transform(() => "null")]);

const typedRuleSchema = z.strictObject({
  type: typeSchema.describe("null, range, uniqueness, freshness, …"),
  column: z.string().optional(),
  columns: z.array(z.string()).optional(),
  value: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  sql: z.string().optional(),
});
export type TypedRule = z.output<typeof typedRuleSchema>;

const oneRuleSchema = z.union([
  z.string().transform((expression) => ({ value: expression })),
  z.strictObject({ value: z.string() }),
  typedRuleSchema,
]);

const refInSql = /\bref\(\s*(['"])([^'"]+)\1\s*\)/g;

/** Tables that a check compares with; they become inputs, after the one that is checked. */
const referencesOf = (config: { readonly rules?: z.output<typeof checksSchema> | undefined }): readonly Reference[] =>
  (config.rules ?? []).flatMap((check, index) => {
    const to = check.relationships?.to;
    const compared: readonly Reference[] =
      to === undefined ? [] : [{ ref: to, path: ["rules", index, "relationships", "to"] }];
    const named = [...(check.sql ?? "").matchAll(refInSql)].map((match) => match[2] ?? "");
    return [...compared, ...named.map((ref) => ({ ref, path: ["rules", index, "sql"] }))];
  });

export const ruleKind = defineKind({
  kind: "rule",
  label: "Rule",
  description: "Checks that rows, columns and tables are what they should be.",
  references: referencesOf,
  schema: z.strictObject({
    ...commonShape,
    rule: z
      .union([oneRuleSchema.transform((rule) => [rule]), z.array(oneRuleSchema).min(1)])
      .optional()
      .describe("A SQL condition, or a typed check"),
    rules: z.union([checksSchema.min(1), checkSchema.transform((check) => [check])]).optional(),
    severity: severitySchema.default("error"),
    error_message: z.string().optional().describe("What is said when it is violated"),
    columns: z.array(z.string()).optional(),
    on_error: z
      .enum(["block", "continue", "quarantine"])
      .optional()
      .describe("block also stops the other readers of the input; quarantine sets bad rows aside and goes on"),
    store_failures: z.boolean().default(true).describe("Keep the rows that break it"),
  }),
});
