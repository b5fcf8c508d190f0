// Targets of a node as a form fills them in, and what is found on the real ones.

import { z } from "zod";

/** A target's settings as the node's file would say them; the host checks them. */
export const targetSettingsSchema = z.record(z.string().max(60), z.json());
export type TargetSettings = z.output<typeof targetSettingsSchema>;

export const targetDescriptionSchema = z.object({
  exists: z.boolean(),
  /** There are rows in it now. */
  filled: z.boolean(),
  production: z.boolean(),
  columns: z.array(
    z.object({
      name: z.string(),
      /** The node's own type; `null` for a column that only the target has. */
      from: z.string().nullable(),
      /** The type that is sent. */
      to: z.string().nullable(),
      /** The type that the target has now. */
      there: z.string().nullable(),
      warning: z.string().nullable(),
    }),
  ),
  /** Columns of each unique key of the target, the primary key first. */
  keys: z.array(z.array(z.string())),
});
export type TargetDescriptionView = z.infer<typeof targetDescriptionSchema>;

export const keyFactsSchema = z.object({
  rows: z.number(),
  nulls: z.number(),
  /** Values that more than one row has. */
  repeated: z.number(),
  examples: z.array(z.string()),
});
export type KeyFactsView = z.infer<typeof keyFactsSchema>;

/** What a dry run on a real target found. */
export const materializationPreviewSchema = z.object({
  target: z.string(),
  exists: z.boolean(),
  /** Its connection is marked production: ask before writing. */
  production: z.boolean(),
  /** `schema.table`, or a file's path. */
  label: z.string(),
  /** There are rows now, and the mode replaces them. */
  replaces: z.boolean(),
  inserts: z.number().nullable(),
  updates: z.number().nullable(),
  deletes: z.number().nullable(),
  unchanged: z.number().nullable(),
  statements: z.array(z.string()),
  locks: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type MaterializationPreviewView = z.infer<typeof materializationPreviewSchema>;

export const targetPreviewsSchema = z.object({
  previews: z.array(materializationPreviewSchema),
  /** Why a run would make another table first; `null` when these are the rows it would write. */
  stale: z.string().nullable(),
});
export type TargetPreviewsView = z.infer<typeof targetPreviewsSchema>;
