// A feature group's stores, from its table alone: also when the table itself needs no run.

import { stat } from "node:fs/promises";
import { join } from "node:path";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { FeatureGroup } from "../features/index.ts";
import type { GroupRecord } from "../features/stores/index.ts";
import type { StoreSettings } from "../features/stores/settings.ts";
import type { ExecutionContext, StorePlace, StoredOutput } from "./executor.ts";

type GroupNode = PipelineNode<"feature_group">;

interface Stored {
  readonly group: FeatureGroup;
  readonly stores: StoreSettings;
}

/** Keeps what the table is like, and brings the stores that the file asks for up to it. */
export const bringUpStores = async (
  node: GroupNode,
  { group, stores }: Stored,
  table: StoredOutput,
  context: ExecutionContext,
): Promise<Readonly<Record<string, unknown>>> => {
  const { offlineFolder, readGroupRecord, refuseBreaking, writeGroupRecord, writeOffline, writeOnline } =
    await import("../features/stores/index.ts");
  const { targetPath, scratch, runId, duckdb, signal } = context;
  const relation = { id: node.id, file: table.file, columns: table.columns };
  const { rows, hash } = table;
  const { version } = stores;
  const record = await recordOf(node, { group, stores }, table, context);
  if (isServed(stores)) refuseBreaking(group, await readGroupRecord(targetPath, node.name, version), record);
  const stored = { relation, rows, hash, version, runId, scratch, duckdb, signal };
  const metadata: Record<string, unknown> = isServed(stores) ? { version } : {};
  if (stores.offline !== null) {
    context.progress("writing the offline store");
    const folder = offlineFolder(targetPath, node.name, version);
    metadata["offline"] = await writeOffline(group, stores.offline.partitionBy, stored, folder);
  }
  if (stores.online !== null) {
    context.progress("writing the online store");
    const { connection } = stores.online;
    const applicationName = `headrace:${runId}/${node.id}`;
    const place = { targetPath, project: context.project, node: node.id, connection, applicationName, signal };
    metadata["online"] = { store: stores.online.store, keys: await writeOnline(group, stored, stores.online, place) };
  }
  await writeGroupRecord(targetPath, node.name, record);
  return metadata;
};

/** What of a group's stores does not hold the table with this hash, a sentence fragment each. */
export const storesBehind = async (
  node: GroupNode,
  { stores }: Stored,
  table: string,
  place: StorePlace,
): Promise<readonly string[]> => {
  if (!isServed(stores)) return [];
  const behind = [await offlineBehind(node, stores, table, place), await onlineBehind(node, stores, table, place)];
  return behind.filter((text) => text !== null);
};

const isServed = ({ offline, online }: StoreSettings): boolean => offline !== null || online !== null;

const toldOf = (store: string, held: { readonly table: string } | null, table: string): string | null => {
  if (held === null) return `its ${store} store is not there`;
  return held.table === table ? null : `its ${store} store is behind`;
};

const offlineBehind = async (
  node: GroupNode,
  { offline, version }: StoreSettings,
  table: string,
  { targetPath }: StorePlace,
): Promise<string | null> => {
  if (offline === null) return null;
  const { offlineFolder, readManifest } = await import("../features/stores/manifest.ts");
  const folder = offlineFolder(targetPath, node.name, version);
  const manifest = await readManifest(folder);
  const told = toldOf("offline", manifest, table);
  if (told !== null || manifest === null) return told;
  const found = await Promise.all(manifest.partitions.map(({ file }) => isFile(join(folder, file))));
  return found.every(Boolean) ? null : "its offline store has lost files";
};

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );

const onlineBehind = async (
  node: GroupNode,
  stores: StoreSettings,
  table: string,
  { targetPath, project, reach, signal }: StorePlace,
): Promise<string | null> => {
  const { online } = stores;
  // Servers, and files that only one process may open, are not for those who merely ask what a run would do.
  if (online === null || (reach === "files" && online.store !== "sqlite")) return null;
  const { readOnlineState } = await import("../features/stores/read-online.ts");
  const { connection } = online;
  const where = { targetPath, project, node: node.id, connection, applicationName: `headrace:${node.id}`, signal };
  return toldOf("online", await readOnlineState(node.id, stores, where), table);
};

const recordOf = async (
  node: GroupNode,
  { group, stores }: Stored,
  { rows, hash, columns, file }: StoredOutput,
  { duckdb, signal, runId }: ExecutionContext,
): Promise<GroupRecord> => {
  const { columnStatistics } = await import("../features/statistics.ts");
  const job = { node: node.id, inputs: [{ id: node.id, file, columns }], params: {} };
  return {
    schema_version: 1,
    feature_group: node.id,
    version: stores.version,
    join_keys: [...group.joinKeys],
    event_time: group.eventTime,
    created_time: group.createdTime,
    ttl: group.ttl,
    rows,
    table: hash,
    run_id: runId,
    written: new Date().toISOString(),
    columns: [...(await columnStatistics(columns, job, duckdb, signal))],
  };
};
