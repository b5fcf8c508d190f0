import type { NodeMetadata, NodeResult, TargetResult } from "../../../shared/run/index.ts";
import { stableHash } from "../files/index.ts";
import type { FingerprintParts, NodeRecord } from "../state/index.ts";
import type { RunScope } from "./node-context.ts";
import { emptyMetadata } from "./results.ts";
import type { NodeWork, Produced } from "./run-node.ts";

/** Ties source and lock together, for audits; only Python has both. */
export const artifactHash = (work: NodeWork): string | null => {
  const { code, environment } = work.observation.definition;
  return environment === null ? null : stableHash([code, environment]);
};

/** What a result says besides its status and rows. */
export const metadataOf = (
  work: NodeWork,
  produced: Produced,
  written: readonly TargetResult[],
  seconds: number,
): NodeMetadata => {
  const { output, cached } = produced;
  const cpu = output.metrics?.cpuSeconds ?? null;
  return {
    ...emptyMetadata(work.node),
    ...output.metadata,
    view_name: cached === null ? null : work.node.id,
    warnings: output.warnings ?? [],
    metrics: {
      memory_mb: output.metrics?.memoryMb ?? null,
      cpu_seconds: cpu,
      cpu_percent: cpu === null || seconds === 0 ? null : Math.round((cpu / seconds) * 100),
    },
    columns: output.columns,
    output_hash: cached?.output.hash ?? null,
    env_hash: work.observation.definition.environment,
    artifact_hash: artifactHash(work),
    targets: written,
  };
};

const emptyParts: FingerprintParts = {
  code: "",
  config: "",
  params: "",
  environment: null,
  engine: "",
  inputs: [],
  upstream: [],
  external: {},
  interval: null,
};

/** What the state keeps of a node that ended. */
export const recordOf = (
  work: NodeWork,
  scope: RunScope,
  result: NodeResult,
  kept: Pick<NodeRecord, "output" | "extra" | "targets">,
): NodeRecord => ({
  hash: work.observation.definitionHash,
  fingerprint: work.decision.fingerprint ?? "",
  last_run: result.created_at,
  run_id: scope.runId,
  status: result.status,
  row_count: result.row_count,
  duration_ms: Math.round(result.duration_seconds * 1000),
  metadata: result.metadata,
  parts: work.decision.parts ?? work.record?.parts ?? emptyParts,
  ...kept,
});

/** The last good table stays visible to previews while the node fails. */
export const withFormerTable = (work: NodeWork, record: NodeRecord): NodeRecord => {
  const before = work.record;
  if (!before?.output) return record;
  return { ...record, row_count: before.row_count, metadata: { ...record.metadata, columns: before.metadata.columns } };
};
