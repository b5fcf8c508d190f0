// SQL for aggregates over windows of time: pure, from what a node's file says to one SELECT a table.
export { readSpec } from "./read-spec.ts";
export { type AggregationKindName, type AggregationNode } from "./read-measures.ts";
export { aggregationSql } from "./aggregation-sql.ts";
export { runParameters } from "./moment.ts";
export { columnUses, type ColumnUse } from "./column-uses.ts";
export type { TableSql } from "./table-sql.ts";
export type { AggregationSpec } from "./spec.ts";
