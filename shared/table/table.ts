import { z } from "zod";

const node = z.string().min(1).max(500);
const sql = z.string().max(1_000_000);

/** Something that can be looked at as a table. */
export const tableSchema = z.discriminatedUnion("type", [
  /** A node's present output, or a further table of it; the first rows of a source that has none yet. */
  z.object({ type: z.literal("node"), node }),
  /** The first rows of a file that is being brought in. */
  z.object({ type: z.literal("arriving"), upload: z.string().min(1).max(100) }),
  /** The answer to one SELECT over every node's present output; another `turn` asks again. */
  z.object({ type: z.literal("query"), sql, turn: z.int().min(0).optional() }),
  /** What a node would give with this SQL, from the beginning of each of its inputs. */
  z.object({ type: z.literal("draft"), node, sql }),
  /** Rows by which a node's output differs from the last different one; `keys` say which rows are the same row. */
  z.object({ type: z.literal("difference"), node, keys: z.array(z.string()).max(50) }),
]);
export type TableRef = z.output<typeof tableSchema>;

/** Of one column: how its values are spread. */
export const columnProfileSchema = z.object({
  column: z.number(),
  /** Rows that were looked at for the rest. */
  rows: z.number(),
  /** Of `nullsOf` rows, which may be more than were looked at: files count them. */
  nulls: z.number().nullable(),
  nullsOf: z.number(),
  distinct: z.number().nullable(),
  /** `distinct` is an estimate. */
  isDistinctApproximate: z.boolean(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  mean: z.string().nullable(),
  /** Of numbers and times: bounds as the column's own text, each from its own to the next one's. */
  bins: z.array(z.object({ from: z.string(), to: z.string(), rows: z.number() })),
  /** Of everything else: the most frequent values. */
  top: z.array(z.object({ value: z.string(), rows: z.number() })),
});
export type ColumnProfile = z.output<typeof columnProfileSchema>;

export const profileScopes = ["metadata", "sample", "all"] as const;
export type ProfileScope = (typeof profileScopes)[number];

export const exportFormats = ["csv", "parquet", "xlsx"] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const copyFormats = ["tsv", "csv", "markdown", "insert"] as const;
export type CopyFormat = (typeof copyFormats)[number];
