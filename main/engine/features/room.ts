// What commands and panels ask about feature groups; loaded when asked for, so that starting stays cheap.
export { askTrainingSet } from "./ask.ts";
export { onDemandSql } from "./on-demand.ts";
export { type FeatureGroup, readGroup } from "./group.ts";
export {
  compareGroups,
  type GroupChange,
  type GroupRecord,
  groupVersions,
  readGroupRecord,
  offlineFolder,
  type OnlineFeatures,
  type OnlinePlace,
  readManifest,
  readOnline,
  readOnlineState,
  readStores,
} from "./stores/index.ts";
