// What is known of earlier runs: the state snapshot, the journals and the cache of outputs.
export type { ExtraRecord, FingerprintParts, NodeRecord, OutputRecord, TargetRecord } from "./node-record.ts";
export { journalPath, loadState, saveState, statePath, type RunState } from "./run-state.ts";
export { openJournal, readJournal, type Journal, type JournalEntry } from "./journal.ts";
export { extraName, extraRelations, tablesHash, type NodeTables } from "./extra-tables.ts";
export { openOutputCache, type CachedOutput, type OutputCache } from "./output-cache.ts";
export { checkRunId, eventsOf, listRuns, newRunId, type RunRecord } from "./history.ts";
export { cleanTarget, type Cleaned } from "./clean-target.ts";
export { gitCommit } from "./git-commit.ts";
