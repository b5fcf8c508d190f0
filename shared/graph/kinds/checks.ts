// Checks on data: what `rules:` of a rule and `tests:` of any data node are made of.

import { z } from "zod";

import { durationSchema } from "./common.ts";

export const severitySchema = z.enum(["error", "warn", "info"]);

const text = z.string();
const texts = z.union([z.string().transform((column) => [column]), z.array(z.string()).min(1)]);
const bounds = z.strictObject({
  column: text.optional(),
  columns: texts.optional(),
  min: z.union([z.number(), z.string()]).optional(),
  max: z.union([z.number(), z.string()]).optional(),
});
const perColumn = { column: text.optional(), columns: texts.optional() };

/** The tests a check can make; exactly one of them is given in each entry. */
const testShape = {
  expression: text.describe("A SQL condition that every row meets"),
  not_null: texts,
  unique: texts,
  accepted_values: z.strictObject({ column: text, values: z.array(z.unknown()).min(1) }),
  range: bounds,
  length: bounds,
  regex: z.strictObject({ ...perColumn, pattern: text }),
  format: z.strictObject({ ...perColumn, format: text }),
  relationships: z.strictObject({ column: text, to: text, field: text }),
  row_count: z.strictObject({ min: z.number().optional(), max: z.number().optional(), equals: z.number().optional() }),
  freshness: z.strictObject({
    column: text,
    warn_after: durationSchema.optional(),
    error_after: durationSchema.optional(),
  }),
  aggregate: z.strictObject({ expression: text, min: z.number().optional(), max: z.number().optional() }),
  drift: z.record(z.string(), z.unknown()),
  schema: z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]),
  sql: text.describe("A SELECT whose rows are the violations"),
} as const;

type TestName = keyof typeof testShape;
const testNames = Object.keys(testShape) as readonly TestName[];

const optional = <S extends Record<string, z.ZodType>>(shape: S): { [K in keyof S]: z.ZodOptional<S[K]> } =>
  Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, schema.optional()])) as {
    [K in keyof S]: z.ZodOptional<S[K]>;
  };

export const checkSchema = z
  .strictObject({
    ...optional(testShape),
    id: text.optional(),
    name: text.optional(),
    description: text.optional(),
    where: text.optional().describe("Only rows that meet this condition are checked"),
    nulls: z.enum(["pass", "fail"]).optional().describe("A NULL does not violate unless this is fail"),
    severity: severitySchema.optional(),
    error_message: text.optional(),
    warn_if: z.union([z.string(), z.number()]).optional().describe("A count or percent, e.g. > 10 or > 1%"),
    error_if: z.union([z.string(), z.number()]).optional(),
  })
  .refine((check) => testNames.filter((name) => check[name] !== undefined).length === 1, {
    message: `one of ${testNames.join(", ")}`,
  });

export const checksSchema = z.array(checkSchema);
