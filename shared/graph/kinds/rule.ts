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

interface Named {
  readonly rule?: readonly z.output<typeof oneRuleSchema>[] | undefined;
  readonly rules?: z.output<typeof checksSchema> | undefined;
}

/** Tables that a check compares with; they become inputs, after the one that is checked. */
const referencesOf = ({ rule, rules }: Named): readonly Reference[] => [
  ...(rule ?? []).flatMap(({ value, ...typed }) => [
    ...namedIn(value, ["rule"]),
    ...namedIn("sql" in typed ? typed.sql : undefined, ["rule"]),
  ]),
  ...(rules ?? []).flatMap(({ expression, where, relationships, aggregate, sql }, index) => [
    ...(relationships === undefined ? [] : [{ ref: relationships.to, path: ["rules", index, "relationships", "to"] }]),
    ...namedIn(expression, ["rules", index, "expression"]),
    ...namedIn(where, ["rules", index, "where"]),
    ...namedIn(aggregate?.expression, ["rules", index, "aggregate", "expression"]),
    ...namedIn(sql, ["rules", index, "sql"]),
  ]),
];

const namedIn = (sql: string | undefined, path: Reference["path"]): readonly Reference[] =>
  [...(sql ?? "").matchAll(refInSql)].map((match) => ({ ref: match[2] ?? "", path }));

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
