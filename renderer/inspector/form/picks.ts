import type { Path } from "./field-value.ts";

type Pick = "node" | "column" | "connection";

/** Keys whose text names a column, a node or a connection, whatever kind they are of. */
const byKey: Readonly<Record<string, Pick>> = {
  application_date_col: "column",
  column: "column",
  columns: "column",
  created_time: "column",
  event_time: "column",
  event_time_col: "column",
  feature_date_col: "column",
  group_by: "column",
  id_col: "column",
  join_keys: "column",
  label_column: "column",
  not_null: "column",
  partition_by: "column",
  source_feature: "column",
  target: "column",
  time_column: "column",
  timestamp: "column",
  unique: "column",
  unique_keys: "column",
  uses: "column",
  connection: "connection",
  inputs: "node",
  label_source: "node",
  model: "node",
  ref: "node",
  spine: "node",
  to: "node",
};

/** What a text at a path is chosen from; `null` where anything may stand. */
export const pickOf = (path: Path): Pick | null => {
  const key = path.findLast((part) => typeof part === "string");
  if (key === undefined) return null;
  // The second form of a source: what an aggregation reads.
  if (key === "source" && path.length === 1) return "node";
  if (key === "features" && path.length === 2) return "node";
  return byKey[key] ?? null;
};

/** Keys whose text is SQL or prose: they get room. */
const roomy = new Set([
  "condition",
  "description",
  "error_message",
  "expression",
  "expr",
  "filter",
  "query",
  "rule",
  "sql",
  "transform",
  "value",
  "watermark",
  "where",
]);

export const isRoomy = (path: Path): boolean => {
  const key = path.findLast((part) => typeof part === "string");
  return key !== undefined && roomy.has(key);
};
