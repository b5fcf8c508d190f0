// The one way from a finished table to its targets, whatever kind or language made it.

import {
  CancelledError,
  ExecutorExecutionError,
  ExecutorValidationError,
  HeadraceError,
  toErrorData,
  toHeadraceError,
} from "../../../shared/errors/index.ts";
import type { Column, Materialization, PipelineNode } from "../../../shared/graph/index.ts";
import type { TargetResult } from "../../../shared/run/index.ts";
import type {
  MaterializationContext,
  MaterializationPreview,
  MaterializationSource,
  Materializer,
  TargetDescription,
} from "./materializer.ts";
import { materializers } from "./registry.ts";
import { targetName } from "./target-name.ts";

/**
 * Writes a table to each of its targets in turn. A failed target does not stop the others; every result is there, with
 * its own error. `only` restricts the call to targets by name (the retry of failed ones). Throws CancelledError only.
 */
export const dispatch = async (
  source: MaterializationSource,
  targets: readonly Materialization[],
  context: MaterializationContext,
  only: readonly string[] | null = null,
): Promise<readonly TargetResult[]> => {
  const results: TargetResult[] = [];
  for (const options of targets) {
    const target = targetName(options, source.node);
    if (!options.enabled || (only !== null && !only.includes(target))) continue;
    if (context.signal.aborted) throw new CancelledError();
    results.push(await writeTarget(source, options, context, target));
  }
  return results;
};

const writeTarget = async (
  source: MaterializationSource,
  options: Materialization,
  context: MaterializationContext,
  target: string,
): Promise<TargetResult> => {
  const started = performance.now();
  const about = { target, type: options.type, mode: options.mode };
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    const materializer = materializers[options.type];
    materializer.validate(options, source.node, source.columns);
    context.progress(`writing ${target}`, { rows: source.rows });
    const written = await materializer.write(source, options, context);
    return { ...about, ...written, durationSeconds: seconds(), error: null };
  } catch (thrown) {
    const error = toHeadraceError(thrown);
    if (error instanceof CancelledError || context.signal.aborted) throw new CancelledError({ cause: thrown });
    const none = { rows: null, inserted: null, updated: null, deleted: null, unchanged: null };
    const data = toErrorData(withNode(error, source.node));
    return { ...about, ...none, status: "FAILED", durationSeconds: seconds(), error: data };
  }
};

/** Errors of connections and names do not know the node that they stopped. */
const withNode = (error: HeadraceError, node: string): HeadraceError => {
  if (error.node !== null) return error;
  const details = { node, params: error.params, next: error.next };
  return new ExecutorExecutionError(error.code, details, { cause: error.cause });
};

/** What writing each target would do, found on the real target; nothing is written. Throws the first target's error. */
export const previewTargets = async (
  source: MaterializationSource,
  targets: readonly Materialization[],
  context: MaterializationContext,
): Promise<readonly MaterializationPreview[]> => {
  const previews: MaterializationPreview[] = [];
  for (const options of targets) {
    if (!options.enabled) continue;
    const materializer = materializers[options.type];
    materializer.validate(options, source.node, source.columns);
    previews.push(await materializer.preview(source, options, context));
  }
  return previews;
};

/** One target as it stands, and how a table's columns would meet it. */
export const describeTarget = (
  source: MaterializationSource,
  options: Materialization,
  context: MaterializationContext,
): Promise<TargetDescription> => materializers[options.type].describe(source, options, context);

/** Rows of a target itself, as whoever reads it sees them. */
export const targetPage: Materializer["page"] = (options, range, context) =>
  materializers[options.type].page(options, range, context);

/**
 * Checks a node's targets without I/O; `columns` are checked too where they are known. Throws ExecutorValidationError
 * with the node's place in its file.
 */
export const validateTargets = (
  node: Pick<PipelineNode, "id" | "location">,
  materializations: readonly Materialization[],
  columns: readonly Column[] | null,
): void => {
  const seen = new Set<string>();
  for (const options of materializations) {
    if (!options.enabled) continue;
    const target = targetName(options, node.id);
    try {
      materializers[options.type].validate(options, node.id, columns);
      if (seen.has(target)) {
        throw new ExecutorValidationError("target_repeated", { params: { node: node.id, target } });
      }
    } catch (thrown) {
      if (!(thrown instanceof HeadraceError)) throw thrown;
      const details = { node: node.id, location: node.location, params: thrown.params, next: thrown.next };
      throw new ExecutorValidationError(thrown.code, details, { cause: thrown.cause });
    }
    seen.add(target);
  }
};
