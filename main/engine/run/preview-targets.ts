import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import { previewTargets, type MaterializationPreview } from "../materializers/index.ts";
import { createContext } from "./node-context.ts";
import type { Session } from "./session.ts";

/** What writing a node's present table to its targets would do; nothing is written. */
export const previewNodeTargets = async (
  session: Session,
  node: PipelineNode,
  relation: Relation,
  signal: AbortSignal,
): Promise<readonly MaterializationPreview[]> => {
  const record = session.state.nodes[node.id];
  const interval = { date: new Date().toISOString().slice(0, 10), start: null, end: null };
  const scope = { session, runId: "preview", interval, verbose: false, emit: () => undefined };
  const source = {
    node: node.id,
    runId: "preview",
    file: relation.file,
    columns: relation.columns,
    rows: record?.row_count ?? 0,
    outputHash: record?.output?.hash ?? "",
    definitionHash: record?.hash ?? "",
    envHash: record?.metadata.env_hash ?? null,
    artifactHash: record?.metadata.artifact_hash ?? null,
  };
  const targets = node.config.materializations.filter((target) => target.enabled);
  return previewTargets(source, targets, createContext(scope, node, [relation], signal));
};
