import { toHeadraceError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Executor, Log, StorePlace } from "../executors/executor.ts";
import { type Decision, reason } from "../plan/index.ts";

interface Looking {
  readonly node: PipelineNode;
  readonly executor: Executor;
  readonly executorPlan: unknown;
  readonly place: StorePlace;
  /** Told of stores that could not be looked at: they are taken to be as they should. */
  readonly log?: Log | undefined;
}

/** A table that is up to date while the node's stores do not hold it: they are written from it, nothing is computed. */
export const withStaleStores = async (decision: Decision, looking: Looking): Promise<Decision> => {
  const { action, reuse } = decision;
  const { node, executor, executorPlan, place, log } = looking;
  if ((action !== "cached" && action !== "materialize") || reuse === null || executor.stores === undefined) {
    return decision;
  }
  try {
    const behind = await executor.stores.behind(node, executorPlan, reuse.output.hash, place);
    if (behind.length === 0) return decision;
    const reasons = behind.map((text) => reason("store_behind", text));
    const others = action === "materialize" ? decision.reasons : [];
    return { ...decision, action: "materialize", reasons: [...others, ...reasons], storesAreStale: true };
  } catch (thrown) {
    place.signal.throwIfAborted();
    log?.("warning", `Its stores could not be looked at: ${toHeadraceError(thrown).message}`);
    return decision;
  }
};
