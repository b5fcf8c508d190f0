import { ExecutorExecutionError, ExecutorValidationError, ProjectError } from "../../../shared/errors/index.ts";
import type { Materialization, PipelineNode } from "../../../shared/graph/index.ts";
import type { KeyFacts, TargetPreviews } from "../engine.ts";
import {
  describeTarget,
  type MaterializationSource,
  previewTargets,
  type TargetDescription,
  validateTargets,
} from "../materializers/index.ts";
import { keyFacts } from "../materializers/key-facts.ts";
import { createContext } from "./node-context.ts";
import { prepareRun } from "./plan-run.ts";
import type { Session } from "./session.ts";

/** What writing the table that a run would write to its targets would do; nothing is written. */
export const previewNodeTargets = async (
  session: Session,
  node: PipelineNode,
  unsaved: Materialization | null,
  signal: AbortSignal,
): Promise<TargetPreviews> => {
  const { source, stale } = await tableOf(session, node, signal);
  const targets = unsaved === null ? node.config.materializations.filter(({ enabled }) => enabled) : [unsaved];
  validateTargets(node, targets, source.columns);
  return { previews: await previewTargets(source, targets, contextOf(session, node, source, signal)), stale };
};

/** One target as it stands and how the node's columns would meet it. */
export const describeNodeTarget = async (
  session: Session,
  node: PipelineNode,
  target: Materialization,
  signal: AbortSignal,
): Promise<TargetDescription> => {
  const { source } = await tableOf(session, node, signal);
  return describeTarget(source, target, contextOf(session, node, source, signal));
};

/** Whether columns identify the rows of the node's table. Throws `target_column_missing`. */
export const nodeKeyFacts = async (
  session: Session,
  node: PipelineNode,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<KeyFacts> => {
  const { source } = await tableOf(session, node, signal);
  const known = source.columns.map(({ name }) => name);
  for (const column of keys) {
    if (known.includes(column)) continue;
    const params = { node: node.id, option: "unique_keys", column, known };
    throw new ExecutorValidationError("target_column_missing", { node: node.id, params });
  }
  return keyFacts(source, keys, session.connectors, signal);
};

interface NodeTable {
  readonly source: MaterializationSource;
  /** Why a run would make another table first; `null` when this is the one it would write. */
  readonly stale: string | null;
}

const today = () => ({ date: new Date().toISOString().slice(0, 10), start: null, end: null });

/** The output that a plan reuses, else what the last run left. Throws `output_missing`, `output_changed`. */
const tableOf = async (session: Session, node: PipelineNode, signal: AbortSignal): Promise<NodeTable> => {
  const prepared = await prepareRun(session, { ...onlyThis, nodes: [node.id] }, signal);
  const definitionHash = prepared.observations.get(node.id)?.definitionHash ?? "";
  const decision = prepared.decisions.get(node.id);
  const { id } = node;
  if (decision?.reuse) {
    const { output, columns, rows, envHash, artifactHash } = decision.reuse;
    const file = session.cache.absolute(output);
    const source = { node: id, runId: "preview", file, columns, rows, outputHash: output.hash };
    return { source: { ...source, definitionHash, envHash, artifactHash }, stale: null };
  }
  const record = session.state.nodes[id];
  if (!record?.output) throw new ProjectError("output_missing", { node: id, params: { node: id } });
  const output = await session.cache.verify(record.output);
  if (output === null) throw new ExecutorExecutionError("output_changed", { node: id, params: { node: id } });
  const { columns, env_hash: envHash, artifact_hash: artifactHash } = record.metadata;
  const file = session.cache.absolute(output);
  const source = { node: id, runId: "preview", file, columns, rows: record.row_count, outputHash: output.hash };
  const stale = decision?.reasons.map(({ text }) => text).join("; ") ?? "not known";
  return { source: { ...source, definitionHash: record.hash, envHash, artifactHash }, stale };
};

const onlyThis = {
  selectors: [],
  types: [],
  tags: [],
  excludeTags: [],
  full: false,
  materialize: false,
  interval: {},
} as const;

const contextOf = (session: Session, node: PipelineNode, source: MaterializationSource, signal: AbortSignal) => {
  const scope = { session, runId: "preview", interval: today(), verbose: false, emit: () => undefined };
  const relation = { id: node.id, file: source.file, columns: source.columns };
  return createContext(scope, node, [relation], signal);
};
