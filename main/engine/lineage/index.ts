// Where every column comes from and where it goes, over the whole project; runs nothing.
export { LineageDesk, type LineageLook } from "./lineage-desk.ts";
export type { NodeLineage, ProjectLineage, TableLineage } from "./node-lineage.ts";
export { type ColumnPath, type ColumnRef, type ColumnStep, downstreamOf, sourcesOf, upstreamOf } from "./trace.ts";
