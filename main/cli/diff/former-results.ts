import { ProjectError } from "../../../shared/errors/index.ts";
import type { NodeResult } from "../../../shared/run/index.ts";
import type { Engine } from "../../engine/index.ts";

const furthestBack = 200;

export interface ResultsAt {
  readonly runId: string | null;
  /** Each node's newest whole result in that run or before it. */
  readonly results: ReadonlyMap<string, NodeResult>;
}

const isWhole = ({ status }: NodeResult): boolean =>
  status === "SUCCESS" || status === "WARNING" || status === "CACHED";

/** The runs to compare: those that were named, else the last one and the one before it. Throws `run_not_found`. */
export async function resultsOfRuns(
  engine: Engine,
  named: { readonly from: string | undefined; readonly to: string | undefined },
): Promise<{ readonly from: ResultsAt; readonly to: ResultsAt }> {
  const runs = (await engine.history(furthestBack)).map(({ summary }) => summary.runId);
  const indexOf = (runId: string): number => {
    const at = runs.indexOf(runId);
    if (at === -1) throw new ProjectError("run_not_found", { params: { run: runId } });
    return at;
  };
  const to = named.to === undefined ? 0 : indexOf(named.to);
  const from = named.from === undefined ? to + 1 : indexOf(named.from);

  const collect = async (start: number): Promise<ResultsAt> => {
    const results = new Map<string, NodeResult>();
    // A partial run says nothing about the other nodes: their results are those of earlier runs.
    for (const runId of runs.slice(start, start + furthestBack)) {
      for (const event of await engine.events(runId)) {
        if (event.type !== "finished" || results.has(event.node) || !isWhole(event.result)) continue;
        results.set(event.node, event.result);
      }
    }
    return { runId: runs[start] ?? null, results };
  };
  return { from: await collect(from), to: await collect(to) };
}
