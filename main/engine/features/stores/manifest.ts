import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

const columnSchema = z.object({ name: z.string(), type: z.string() });

const manifestSchema = z.object({
  schema_version: z.literal(1),
  feature_group: z.string(),
  version: z.string(),
  join_keys: z.array(z.string()),
  event_time: z.string().nullable(),
  created_time: z.string().nullable(),
  /** The group's columns, those of the partitions included. */
  columns: z.array(columnSchema),
  /** Columns that are in the folders' names and not in the files. */
  partition_by: z.array(z.string()),
  rows: z.number(),
  /** SHA-256 of the table that was stored. */
  table: z.string(),
  run_id: z.string(),
  partitions: z.array(
    z.object({
      /** Relative to the manifest, with `/`. */
      file: z.string(),
      rows: z.number(),
      /** Of the partition's rows; equal rows are not written again. */
      content: z.string(),
    }),
  ),
});

/** What the offline store holds of one version of a group; readers go by this file alone. */
export type OfflineManifest = z.output<typeof manifestSchema>;

export const offlineFolder = (targetPath: string, name: string, version: string): string =>
  join(targetPath, "features", name, `v${version}`);

/** `null` where there is none, or none that can be read: it is then written anew. */
export const readManifest = async (folder: string): Promise<OfflineManifest | null> => {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")));
  } catch {
    return null;
  }
};
