import { z } from "zod";

import { checksSchema } from "./checks.ts";
import { commonShape, durationSchema } from "./common.ts";
import { defineKind } from "./kind.ts";

const sourceTypes = [
  "csv",
  "parquet",
  "json",
  "jsonl",
  "sqlite",
  "postgresql",
  "postgres",
  "database",
  "hive",
  "iceberg",
] as const;

const columnSchema = z.union([
  z.string().transform((description) => ({ description, dtype: undefined })),
  z.strictObject({ description: z.string().optional(), dtype: z.string().optional() }),
]);

export const sourceKind = defineKind({
  kind: "source",
  label: "Source",
  description: "Reads files or a database table into the pipeline.",
  schema: z.strictObject({
    ...commonShape,
    source: z
      .enum(sourceTypes)
      .transform((type) => (type === "postgres" ? "postgresql" : type))
      .optional()
      .describe("What kind of file or database it reads"),
    table: z.string().optional().describe("A path, a glob, or a table"),
    query: z.string().optional().describe("Runs on the server and wins over table"),
    connection: z.string().optional().describe("A connection of profiles.yml"),
    schema: z
      .array(z.strictObject({ name: z.string(), data_type: z.string() }))
      .optional()
      .describe("Its columns in order, each with its type; what arrives is checked against them"),
    columns: z.record(z.string(), columnSchema).optional().describe("What its columns mean"),
    freshness: z
      .strictObject({
        warn_after: durationSchema.optional(),
        error_after: durationSchema.optional(),
        time_column: z.string().optional().describe("When a row happened; its newest value is the age"),
      })
      .optional()
      .describe("How old its newest rows may be"),
    tests: checksSchema.optional(),
  }),
});
