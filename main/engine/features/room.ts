// What commands and panels ask about feature groups; loaded when asked for, so that starting stays cheap.
export { askTrainingSet } from "./ask.ts";
export { type FeatureGroup, readGroup } from "./group.ts";
export {
  offlineFolder,
  onlineFile,
  type OnlineFeatures,
  readManifest,
  readOnline,
  readOnlineState,
  readStores,
} from "./stores/index.ts";
