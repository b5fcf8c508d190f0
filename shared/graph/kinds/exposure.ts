import { z } from "zod";

import { commonShape, durationSchema } from "./common.ts";
import { defineKind } from "./kind.ts";

const typeName = z.string().regex(/^[A-Za-z][\w ,()"[\]]*$/, "a type such as INTEGER or DECIMAL(18, 2)");
const names = z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]);

const namedColumn = z.union([
  z.string().transform((name) => ({ name, type: null })),
  z
    .strictObject({
      name: z.string(),
      type: typeName.optional(),
      dtype: typeName.optional(),
      data_type: typeName.optional(),
      description: z.string().optional(),
    })
    .transform(({ name, type, dtype, data_type }) => ({ name, type: type ?? dtype ?? data_type ?? null })),
]);
const columnsSchema = z.union([
  z.array(namedColumn).min(1),
  z
    .record(z.string(), typeName.nullable())
    .transform((types) => Object.entries(types).map(([name, type]) => ({ name, type }))),
]);
const schemaSchema = z.union([
  z.strictObject({ columns: columnsSchema, extra: z.enum(["pass", "fail"]).default("pass") }),
  columnsSchema.transform((columns) => ({ columns, extra: "pass" as const })),
]);

/** What readers may rely on; each part is checked on the rows that are about to be handed out. */
export const contractShape = {
  schema: schemaSchema.optional().describe("Columns and their types"),
  primary_key: names.optional().describe("Columns that tell rows apart: never NULL, no two rows alike"),
  freshness: z
    .strictObject({
      column: z.string(),
      warn_after: durationSchema.optional(),
      error_after: durationSchema.optional(),
      max_age: durationSchema.optional(),
    })
    .refine(
      (given) => given.warn_after !== undefined || given.error_after !== undefined || given.max_age !== undefined,
      {
        message: "max_age, warn_after or error_after",
      },
    )
    .optional()
    .describe("How old the newest row may be"),
  rows: z
    .union([
      z
        .number()
        .int()
        .nonnegative()
        .transform((min) => ({ min, max: undefined, equals: undefined })),
      z.strictObject({ min: z.number().optional(), max: z.number().optional(), equals: z.number().optional() }),
    ])
    .optional()
    .describe("At least this many, or min, max, equals"),
} as const;

export const contractSchema = z.strictObject(contractShape);
export type Contract = z.output<typeof contractSchema>;

const exposureFormats = ["csv", "parquet", "json", "jsonl", "xlsx", "arrow"] as const;
export type ExposureFormat = (typeof exposureFormats)[number];

export const exposureKind = defineKind({
  kind: "exposure",
  label: "Exposure",
  description: "Hands a result to who uses it: a dashboard, a file, an API.",
  schema: z.strictObject({
    ...commonShape,
    type: z.enum(["dashboard", "api", "file", "report", "notebook", "ml", "application", "database"]),
    url: z.string().optional().describe("Where it is used; {TOKEN} is filled from the environment"),
    format: z.enum(exposureFormats).optional(),
    uses: z.array(z.string()).min(1).optional().describe("Columns that are read; all when left out"),
    contract: z
      .union([
        z.string().transform((file) => ({ file })),
        z.strictObject({ ...contractShape, file: z.string().optional().describe("A YAML file with these keys") }),
      ])
      .optional(),
    check: z
      .enum(["none", "syntax", "reachable"])
      .optional()
      .describe("What is looked at of the url; syntax when left out"),
    allow_private: z.boolean().optional().describe("Whether reachable may ask addresses of private networks"),
  }),
});
