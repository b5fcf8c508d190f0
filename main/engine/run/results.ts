import { toErrorData, type HeadraceError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { NodeMetadata, NodeResult, NodeStatus } from "../../../shared/run/index.ts";
import type { NodeOutput } from "../executors/executor.ts";
import { duckdbVersion } from "../plan/index.ts";

const engineOf = (node: PipelineNode): NodeMetadata["engine"] => {
  if (node.body?.language === "python") return "python";
  return "duckdb";
};

/** Metadata with every field present and nothing known yet. */
export const emptyMetadata = (node: PipelineNode): NodeMetadata => ({
  engine: engineOf(node),
  version: duckdbVersion,
  view_name: null,
  warnings: [],
  metrics: { memory_mb: null, cpu_seconds: null, cpu_percent: null },
  columns: [],
  output_hash: null,
  env_hash: null,
  artifact_hash: null,
  targets: [],
});

/** Where a node's table is found, relative to the project. */
export const outputPathOf = (node: PipelineNode): string => `target/intermediate/${node.kind}_${node.name}.parquet`;

/** A warning is a result; an error is not, whatever tables are there. */
export const statusAfter = (output: NodeOutput, error: HeadraceError | null): "SUCCESS" | "WARNING" | "FAILED" => {
  if (error !== null) return "FAILED";
  return (output.warnings?.length ?? 0) > 0 ? "WARNING" : "SUCCESS";
};

interface ResultFields {
  readonly status: NodeStatus;
  readonly seconds?: number;
  readonly rows?: number;
  readonly outputPath?: string | null;
  readonly error?: HeadraceError | null;
  readonly metadata?: NodeMetadata;
}

/** A result with every field present. */
export const nodeResult = (node: PipelineNode, fields: ResultFields): NodeResult => ({
  node_id: node.id,
  status: fields.status,
  duration_seconds: fields.seconds ?? 0,
  row_count: fields.rows ?? 0,
  output_path: fields.outputPath ?? null,
  error_message: fields.error?.message ?? null,
  error: fields.error ? toErrorData(fields.error) : null,
  metadata: fields.metadata ?? emptyMetadata(node),
  is_dry_run: false,
  created_at: new Date().toISOString(),
});
