// Checks on data: what `rules:` of a rule and `tests:` of any data node are made of.

import { z } from "zod";

import { durationSchema } from "./common.ts";

export const severitySchema = z.enum(["error", "warn", "info"]);

const text = z.string();
const texts = z.union([z.string().transform((column) => [column]), z.array(z.string()).min(1)]);
const perColumn = { column: text.optional(), columns: texts.optional() };
const hasColumn = (spec: { readonly column?: unknown; readonly columns?: unknown }): boolean =>
  (spec.column === undefined) !== (spec.columns === undefined);
const oneOfColumns = { message: "either column or columns" };
const bound = z.union([z.number(), z.string()]).optional();
const hasBound = (spec: { readonly min?: unknown; readonly max?: unknown }): boolean =>
  spec.min !== undefined || spec.max !== undefined;
const oneBound = { message: "min, max or both" };
const bounds = z
  .strictObject({ ...perColumn, min: bound, max: bound })
  .refine(hasColumn, oneOfColumns)
  .refine(hasBound, oneBound);
const lengths = z
  .strictObject({ ...perColumn, min: z.number().optional(), max: z.number().optional() })
  .refine(hasColumn, oneOfColumns)
  .refine(hasBound, oneBound);

/** Text formats that `format` knows. */
const formatNames = ["date", "datetime", "email", "integer", "ipv4", "json", "number", "time", "url", "uuid"] as const;

/** Figures that `drift` follows from run to run. */
const driftMetrics = ["mean", "sum", "min", "max", "stddev", "median", "nulls", "distinct", "row_count"] as const;

const typeName = z.string().regex(/^[A-Za-z][\w ,()"[\]]*$/, "a type such as INTEGER or DECIMAL(18, 2)");
const namedColumn = z
  .strictObject({ name: text, data_type: typeName.optional(), dtype: typeName.optional(), type: typeName.optional() })
  .transform(({ name, data_type, dtype, type }) => ({ name, type: data_type ?? dtype ?? type ?? null }));
const columnMap = z
  .record(z.string(), typeName.nullable())
  .transform((types) => Object.entries(types).map(([name, type]) => ({ name, type })));
const expectedColumns = z.union([z.array(namedColumn).min(1), columnMap]);
const expectedSchema = z.union([
  z.strictObject({ columns: expectedColumns, extra: z.enum(["pass", "fail"]).default("pass") }),
  expectedColumns.transform((columns) => ({ columns, extra: "pass" as const })),
]);

const percent = z.string().regex(/^\d+(\.\d+)?\s*%$/, "a number or a percentage such as 20%");

/** The tests a check can make; exactly one of them is given in each entry. */
const testShape = {
  expression: text.describe("A SQL condition that every row meets"),
  not_null: texts,
  unique: texts,
  accepted_values: z.strictObject({ column: text, values: z.array(z.union([text, z.number(), z.boolean()])).min(1) }),
  range: bounds,
  length: lengths,
  regex: z.strictObject({ ...perColumn, pattern: text }).refine(hasColumn, oneOfColumns),
  format: z.strictObject({ ...perColumn, format: z.enum(formatNames) }).refine(hasColumn, oneOfColumns),
  relationships: z.strictObject({ column: text, to: text, field: text }),
  row_count: z
    .strictObject({ min: z.number().optional(), max: z.number().optional(), equals: z.number().optional() })
    .refine((spec) => hasBound(spec) || spec.equals !== undefined, { message: "min, max or equals" }),
  freshness: z
    .strictObject({ column: text, warn_after: durationSchema.optional(), error_after: durationSchema.optional() })
    .refine((spec) => spec.warn_after !== undefined || spec.error_after !== undefined, {
      message: "warn_after, error_after or both",
    }),
  aggregate: z
    .strictObject({ expression: text, min: z.number().optional(), max: z.number().optional() })
    .refine(hasBound, oneBound),
  drift: z
    .strictObject({
      column: text.optional(),
      metric: z.enum(driftMetrics).default("mean"),
      max_change: z.union([z.number().nonnegative(), percent]).describe("From the mean of earlier runs, e.g. 20%"),
      runs: z.number().int().positive().max(100).default(5).describe("How many earlier runs to compare with"),
    })
    .refine((spec) => spec.column !== undefined || spec.metric === "row_count", { message: "a column" }),
  schema: expectedSchema,
  sql: text.describe("A SELECT whose rows are the violations"),
} as const;

export type TestName = keyof typeof testShape;
/** What each test is given. */
export type TestSpecs = { readonly [K in TestName]: z.output<(typeof testShape)[K]> };
export const testNames = Object.keys(testShape) as readonly TestName[];

const optional = <S extends Record<string, z.ZodType>>(shape: S): { [K in keyof S]: z.ZodOptional<S[K]> } =>
  Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, schema.optional()])) as {
    [K in keyof S]: z.ZodOptional<S[K]>;
  };

/** `> 10`, `>= 1%`, `10` (more than ten), `1%`. */
export const thresholdSchema = z
  .union([
    z.number().nonnegative().transform(String),
    z.string().regex(/^\s*(>=|>)?\s*\d+(\.\d+)?\s*%?\s*$/, "a count or percent such as > 10 or > 1%"),
  ])
  .transform((written) => {
    const match = /^\s*(>=|>)?\s*([\d.]+)\s*(%?)\s*$/.exec(written);
    return { orEqual: match?.[1] === ">=", value: Number(match?.[2]), percent: match?.[3] === "%" };
  });
export type Threshold = z.output<typeof thresholdSchema>;

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
    warn_if: thresholdSchema.optional().describe("A count or percent, e.g. > 10 or > 1%"),
    error_if: thresholdSchema.optional(),
  })
  .refine((check) => testNames.filter((name) => check[name] !== undefined).length === 1, {
    message: `one of ${testNames.join(", ")}`,
  });

export const checksSchema = z.array(checkSchema);
export type CheckConfig = z.output<typeof checkSchema>;
