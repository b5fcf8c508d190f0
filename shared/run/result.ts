// What a run says about a node, in the journal, in run_state.json, on the terminal and in the studio.

import type { ErrorData } from "../errors/index.ts";
import type { Column } from "../graph/node.ts";

export type NodeStatus = "PENDING" | "RUNNING" | "SUCCESS" | "WARNING" | "FAILED" | "CACHED" | "SKIPPED" | "CANCELLED";

/** How one materialization target ended. Counts are rows; `null` where the mode does not know them. */
export interface TargetResult {
  /** `postgresql:warehouse:analytics.orders`, `parquet:exports/orders.parquet`: stable between runs. */
  readonly target: string;
  readonly type: string;
  readonly mode: string;
  readonly status: "SUCCESS" | "FAILED" | "UNCHANGED" | "CANCELLED";
  readonly rows: number | null;
  readonly inserted: number | null;
  readonly updated: number | null;
  readonly deleted: number | null;
  /** Rows that were equal already and left untouched. */
  readonly unchanged: number | null;
  readonly durationSeconds: number;
  readonly error: ErrorData | null;
}

export interface NodeMetrics {
  readonly memory_mb: number | null;
  readonly cpu_seconds: number | null;
  readonly cpu_percent: number | null;
}

/** `metadata` of a result; executors may add keys of their own. */
export interface NodeMetadata {
  readonly engine: "duckdb" | "python" | "spark" | "none";
  readonly version: string;
  readonly view_name: string | null;
  readonly warnings: readonly string[];
  readonly metrics: NodeMetrics;
  readonly columns: readonly Column[];
  /** SHA-256 of the output file: equal outputs let downstream nodes stay cached. */
  readonly output_hash: string | null;
  readonly env_hash: string | null;
  readonly artifact_hash: string | null;
  readonly targets: readonly TargetResult[];
  readonly [extra: string]: unknown;
}

/** The standard result of a node; every field is always present. */
export interface NodeResult {
  readonly node_id: string;
  readonly status: NodeStatus;
  readonly duration_seconds: number;
  readonly row_count: number;
  /** Relative to the project root, POSIX separators; `null` when the node has no table. */
  readonly output_path: string | null;
  readonly error_message: string | null;
  readonly error: ErrorData | null;
  readonly metadata: NodeMetadata;
  readonly is_dry_run: boolean;
  /** ISO 8601, UTC. */
  readonly created_at: string;
}
