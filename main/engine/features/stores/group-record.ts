import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { z } from "zod";

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { replaceFile } from "../../files/index.ts";
import type { FeatureGroup } from "../group.ts";
import { columnStatisticsSchema } from "../statistics.ts";

const recordSchema = z.object({
  schema_version: z.literal(1),
  feature_group: z.string(),
  version: z.string(),
  join_keys: z.array(z.string()),
  event_time: z.string().nullable(),
  created_time: z.string().nullable(),
  /** Seconds. */
  ttl: z.number().nullable(),
  rows: z.number(),
  /** SHA-256 of the table. */
  table: z.string(),
  run_id: z.string(),
  /** ISO 8601. */
  written: z.string(),
  columns: z.array(columnStatisticsSchema),
});

/** What a version of a group was when it was last computed. */
export type GroupRecord = z.output<typeof recordSchema>;

const folderOf = (targetPath: string, name: string): string => join(targetPath, "features", name);
const fileOf = (targetPath: string, name: string, version: string): string =>
  join(folderOf(targetPath, name), `v${version}`, "group.json");

/** `null` where a version was never computed, or its record cannot be read. */
export const readGroupRecord = async (
  targetPath: string,
  name: string,
  version: string,
): Promise<GroupRecord | null> => {
  try {
    return recordSchema.parse(JSON.parse(await readFile(fileOf(targetPath, name, version), "utf8")));
  } catch {
    return null;
  }
};

export const writeGroupRecord = async (targetPath: string, name: string, record: GroupRecord): Promise<void> => {
  const file = fileOf(targetPath, name, record.version);
  await mkdir(dirname(file), { recursive: true });
  await replaceFile(file, `${JSON.stringify(record, null, 2)}\n`);
};

/** Every version that was computed, oldest first. */
export const groupVersions = async (targetPath: string, name: string): Promise<readonly GroupRecord[]> => {
  const folders = await readdir(folderOf(targetPath, name)).catch(() => []);
  const versions = folders.filter((folder) => folder.startsWith("v")).map((folder) => folder.slice(1));
  const records = await Promise.all(versions.map((version) => readGroupRecord(targetPath, name, version)));
  return records
    .filter((record) => record !== null)
    .toSorted((one, other) => one.version.localeCompare(other.version, "en", { numeric: true }));
};

/** One thing that differs between two versions of a group. */
export interface GroupChange {
  readonly column: string;
  readonly change: "added" | "removed" | "type" | "key" | "time";
  readonly before: string | null;
  readonly after: string | null;
  /** Whether what reads the earlier version cannot read the later one. */
  readonly breaks: boolean;
}

type Shape = Pick<GroupRecord, "join_keys" | "event_time"> & {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
};

/** What changed in a group's shape: columns and their types, keys, event time. */
export const compareGroups = (before: Shape, after: Shape): readonly GroupChange[] => {
  const changes: GroupChange[] = [];
  const [earlier, later] = [before, after].map(
    ({ columns }) => new Map(columns.map((entry) => [entry.name, entry.type])),
  );
  if (earlier === undefined || later === undefined) return changes;
  const keys = [before, after].map(({ join_keys: names }) => names.join(", "));
  if (keys[0] !== keys[1]) {
    changes.push({ column: keys[0] ?? "", change: "key", before: keys[0] ?? "", after: keys[1] ?? "", breaks: true });
  }
  if (before.event_time !== after.event_time) {
    const times = { before: before.event_time, after: after.event_time };
    changes.push({ column: before.event_time ?? "", change: "time", ...times, breaks: true });
  }
  for (const [column, type] of earlier) {
    const now = later.get(column) ?? null;
    if (now === null) changes.push({ column, change: "removed", before: type, after: null, breaks: true });
    else if (now !== type) changes.push({ column, change: "type", before: type, after: now, breaks: true });
  }
  for (const [column, type] of later) {
    if (!earlier.has(column)) changes.push({ column, change: "added", before: null, after: type, breaks: false });
  }
  return changes;
};

/** Refuses to put another shape under a version that readers of the stores know. */
export const refuseBreaking = (group: FeatureGroup, before: GroupRecord | null, after: Shape): void => {
  if (before === null) return;
  const breaking = compareGroups(before, after).filter(({ breaks }) => breaks);
  if (breaking.length === 0) return;
  const told = breaking.map(({ column, change, before: from, after: to }) => {
    if (change === "removed") return `${column} is gone`;
    return change === "type" ? `${column} is ${to} and was ${from}` : `its ${change} is ${to} and was ${from}`;
  });
  const params = { node: group.id, version: before.version, changes: told.join("; ") };
  throw new ExecutorExecutionError("feature_version_breaks", { node: group.id, params });
};
