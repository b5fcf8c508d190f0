// What every kind of node may carry, as zod schemas; the inspector's form and the docs are drawn from them.

import { z } from "zod";

const secondsPerUnit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** A number of seconds, or text such as `250ms`, `30s`, `5m`, `2h`, `7d`; becomes seconds. */
export const durationSchema = z
  .union([z.number().nonnegative(), z.string().regex(/^\d+(\.\d+)?\s*(ms|s|m|h|d)?$/)])
  .transform((value) => {
    if (typeof value === "number") return value;
    const match = /^([\d.]+)\s*(ms|s|m|h|d)?$/.exec(value);
    return Number(match?.[1]) * (secondsPerUnit[match?.[2] ?? "s"] ?? 1);
  })
  .describe("Seconds, or text such as 30s, 5m, 2h, 7d");

/** A number of bytes, or text such as `300MB`, `2GiB`; becomes bytes. */
export const byteSizeSchema = z
  .union([z.number().int().positive(), z.string().regex(/^\d+(\.\d+)?\s*([KMGT]i?B?|B)?$/i)])
  .transform((value) => {
    if (typeof value === "number") return value;
    const match = /^([\d.]+)\s*([KMGT]?)(i?)B?$/i.exec(value);
    const power = "KMGT".indexOf((match?.[2] ?? "").toUpperCase() || " ") + 1;
    return Math.round(Number(match?.[1]) * (match?.[3] ? 1024 : 1000) ** power);
  })
  .describe("Bytes, or text such as 300MB, 2GiB");

export const retrySchema = z.strictObject({
  attempts: z.number().int().min(1).max(20).default(3).describe("How many times to try in all"),
  backoff: durationSchema.default(1).describe("Wait before the second try; doubles each time"),
  on: z
    .array(z.string())
    .optional()
    .describe("Error codes worth another try; those that may pass by themselves when left out"),
});

export const cacheSchema = z.union([
  z.literal("none").transform(() => ({ store: false as const, ttl: undefined, watermark: undefined })),
  z
    .strictObject({
      ttl: durationSchema.optional().describe("How long an output stays good without looking at its source again"),
      watermark: z.string().optional().describe("A query on the source; while its answer is the same, nothing changed"),
    })
    .transform((value) => ({ store: true as const, ttl: value.ttl, watermark: value.watermark })),
]);

const hookSchema = z.union([
  z.strictObject({ sql: z.string().describe("A SELECT; the hook fails when it returns rows") }),
  z.strictObject({ python: z.string().describe("file.py:function, called with the context") }),
  z.strictObject({ command: z.array(z.string()).min(1).describe("Program and arguments; a non-zero exit fails") }),
]);
const hookListSchema = z.union([hookSchema.transform((hook) => [hook]), z.array(hookSchema)]);

export const hooksSchema = z.strictObject({
  before: hookListSchema.optional().describe("Run before the node, in order; a failure stops it"),
  after: hookListSchema.optional().describe("Run after it, in order; a failure fails the node"),
});
export type Hook = z.output<typeof hookSchema>;

export const resourcesSchema = z.strictObject({
  memory: byteSizeSchema.optional().describe("The most memory it may use, such as 2GB"),
  threads: z.number().int().positive().optional().describe("Cores it may use at the same time"),
  cpu_seconds: z.number().positive().optional().describe("CPU time after which it is stopped"),
  network: z.boolean().optional().describe("Whether its Python may open connections"),
});

/** One place a node's result is written to, besides its parquet file; all spellings of a mode become these four. */
export const materializationSchema = z.strictObject({
  type: z
    .enum(["postgresql", "postgres", "parquet", "csv", "json", "duckdb", "sqlite", "iceberg"])
    .transform((type) => (type === "postgres" ? "postgresql" : type))
    .default("postgresql"),
  connection: z.string().optional().describe("A connection of profiles.yml; the only or default one when left out"),
  table: z.string().optional().describe("schema.table"),
  path: z.string().optional().describe("For file targets, relative to the project"),
  mode: z
    .enum(["append", "full", "replace", "overwrite", "upsert_by_key", "upsert", "incremental_by_time"])
    .transform((mode) => {
      if (mode === "replace" || mode === "overwrite") return "full";
      return mode === "upsert" ? "upsert_by_key" : mode;
    })
    .default("full"),
  unique_keys: z
    .union([z.string().transform((key) => [key]), z.array(z.string()).min(1)])
    .optional()
    .describe("Columns that tell one row from another"),
  time_column: z.string().optional().describe("When a row happened"),
  lookback: z
    .union([
      z
        .number()
        .nonnegative()
        .transform((days) => days * 86_400),
      durationSchema,
    ])
    .optional()
    .describe("A bare number means days"),
  on_schema_change: z.enum(["fail", "add_columns", "sync"]).optional().describe("sync is the default for full"),
  on_definition_change: z
    .enum(["fail", "append", "replace"])
    .optional()
    .describe("For append, when the node's definition changed after earlier batches; fail when left out"),
  cascade: z.boolean().default(false).describe("Rows of other tables that refer to vanished ones may go too"),
  allow_empty: z.boolean().default(false).describe("An empty result may replace a full table"),
  enabled: z.boolean().default(true).describe("Whether it is written at all"),
});
export type Materialization = z.output<typeof materializationSchema>;

export const inputSchema = z.union([z.string().transform((ref) => ({ ref })), z.strictObject({ ref: z.string() })]);

/** Keys that every kind accepts; a kind's own schema extends this object. */
export const commonShape = {
  kind: z.string(),
  name: z
    .string()
    .regex(/^[a-z_][a-z0-9_]*$/)
    .describe("Lower-case letters, digits and underscores; unique in its kind"),
  description: z.string().optional().describe("What is worth knowing about it"),
  owner: z.string().optional().describe("Who to ask about it"),
  tags: z.array(z.string()).default([]).describe("Words to select it by: headrace run tag:daily"),
  inputs: z
    .array(inputSchema)
    .default([])
    .describe("Nodes it reads, in input_0, input_1, … order; what its SQL names need not be listed"),
  params: z.record(z.string(), z.unknown()).default({}).describe("Values by name; SQL binds them as $name"),
  enabled: z.boolean().default(true).describe("A disabled node and what reads it are left out of runs"),
  pinned: z
    .boolean()
    .optional()
    .describe("Keep the output it has: it is not rebuilt, whatever changed, until this is taken out"),
  retry: retrySchema.optional().describe("Try again when something outside failed"),
  timeout: durationSchema.optional().describe("How long it may take: 30s, 5m, 2h"),
  cache: cacheSchema.optional().describe("When its output counts as up to date; none runs it every time"),
  materializations: z.array(materializationSchema).default([]).describe("Where its table is written besides its file"),
  hooks: hooksSchema.optional().describe("What else runs before and after it"),
  on_failure: z
    .enum(["keep", "rollback"])
    .default("keep")
    .describe("What its table is when it failed after making it, in a target, a test or a hook"),
  resources: resourcesSchema.optional().describe("Limits of its own"),
  engine: z.enum(["duckdb", "spark"]).optional().describe("What runs it; the project's engine when left out"),
  /** Python bodies. */
  file: z.string().optional().describe("A .sql or .py file, relative to this file or to the project"),
  function: z.string().optional().describe("The function in a Python file"),
} as const;
