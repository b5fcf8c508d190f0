// Where every column comes from and where it goes, over the whole project; runs nothing.
export { LineageDesk, type LineageLook } from "./lineage-desk.ts";
export type { NodeLineage, ProjectLineage, TableLineage } from "./node-lineage.ts";
export { type ColumnPath, type ColumnRef, type ColumnStep, downstreamOf, sourcesOf, upstreamOf } from "./trace.ts";
export { breaksOf, type Breaks } from "./rename/breaks.ts";
export { renameColumn, type ColumnRename } from "./rename/rename-column.ts";
export { columnReport, type ColumnReport, type Directions, nodeReport, type NodeReport } from "./reports.ts";
