import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { NodeMetadata } from "../../../shared/run/index.ts";
import {
  extraRelations,
  tablesHash,
  type CachedOutput,
  type FingerprintParts,
  type NodeRecord,
} from "../state/index.ts";
import { emptyMetadata, nodeResult, outputPathOf } from "./results.ts";
import type { NodeEnd } from "./run-node.ts";
import type { Session } from "./session.ts";

interface Reuse {
  readonly node: PipelineNode;
  readonly found: CachedOutput;
  readonly parts: FingerprintParts;
  readonly definitionHash: string;
  readonly runId: string;
}

const metadataOf = (reuse: Reuse, before: NodeRecord | undefined): NodeMetadata => ({
  ...(before?.fingerprint === reuse.found.fingerprint ? before.metadata : emptyMetadata(reuse.node)),
  view_name: reuse.node.id,
  columns: reuse.found.columns,
  output_hash: reuse.found.output.hash,
  env_hash: reuse.found.envHash,
  artifact_hash: reuse.found.artifactHash,
});

/** Ends a node with an output that is already there, whichever run made it. */
export const useCached = (session: Session, reuse: Reuse): NodeEnd => {
  const { node, found } = reuse;
  const { output, extra } = session.cache.linkAll(found, node);
  const before = session.state.nodes[node.id];
  const same = before?.fingerprint === found.fingerprint;
  const metadata = metadataOf(reuse, before);
  const result = nodeResult(node, {
    status: "CACHED",
    rows: found.rows,
    outputPath: outputPathOf(node),
    // What an earlier run wrote is not this run's doing.
    metadata: { ...metadata, targets: [], warnings: [] },
  });
  const unchanged =
    same &&
    before.output?.stamp === output.stamp &&
    (extra ?? []).every((table, index) => before.extra?.[index]?.output.stamp === table.output.stamp) &&
    before.status !== "FAILED";
  const record: NodeRecord = {
    hash: reuse.definitionHash,
    fingerprint: found.fingerprint,
    last_run: same ? before.last_run : result.created_at,
    run_id: reuse.runId,
    status: "SUCCESS",
    row_count: found.rows,
    duration_ms: Math.round(found.seconds * 1000),
    metadata,
    parts: reuse.parts,
    output,
    extra,
    targets: before?.targets ?? {},
  };
  const relation = { id: node.id, file: session.cache.absolute(output), columns: found.columns };
  return {
    result,
    record: unchanged ? null : record,
    relation,
    extra: extraRelations(node.id, extra, session.cache.absolute),
    outputHash: tablesHash({ output, extra }),
  };
};
