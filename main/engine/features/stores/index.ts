// Where feature groups are kept besides their table: partitions for training, a table of newest values for serving.
export {
  compareGroups,
  type GroupChange,
  type GroupRecord,
  groupVersions,
  readGroupRecord,
  refuseBreaking,
  writeGroupRecord,
} from "./group-record.ts";
export { offlineFolder, type OfflineManifest, readManifest } from "./manifest.ts";
export type { OnlinePlace } from "./online/index.ts";
export { type OnlineFeatures, readOnline, readOnlineState } from "./read-online.ts";
export { readStores, type StoreSettings } from "./settings.ts";
export type { StoredTable } from "./stored-table.ts";
export { writeOffline } from "./write-offline.ts";
export { writeOnline } from "./write-online.ts";
