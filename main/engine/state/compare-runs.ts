import { compareRuns, type ComparedNode, type NodeResult, runNodes } from "../../../shared/run/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";
import { eventsOf, listRuns, type RunRecord } from "./history.ts";

const furthestBack = 200;

/** Two runs and what each did to each node. */
export interface RunComparison {
  readonly from: RunRecord;
  readonly to: RunRecord;
  readonly nodes: readonly ComparedNode[];
}

const isWhole = ({ status }: NodeResult): boolean =>
  status === "SUCCESS" || status === "WARNING" || status === "CACHED";

/** Compares two runs of the history. Throws `run_not_found`. */
export const compareRunsOf = (stateDir: string, from: string, to: string): RunComparison => {
  const records = listRuns(stateDir, furthestBack);
  const find = (runId: string): number => {
    const at = records.findIndex(({ summary }) => summary.runId === runId);
    if (at < 0) throw new ProjectError("run_not_found", { params: { run: runId } });
    return at;
  };
  const sides = [find(from), find(to)].map((at) => ({
    record: records[at],
    comparable: { nodes: runNodes(eventsOf(stateDir, idOf(records, at))), results: resultsAt(stateDir, records, at) },
  }));
  const [before, after] = sides;
  if (before?.record === undefined || after?.record === undefined) throw new Error("a run that was found is not there");
  return { from: before.record, to: after.record, nodes: compareRuns(before.comparable, after.comparable) };
};

const idOf = (records: readonly RunRecord[], at: number): string => records[at]?.summary.runId ?? "";

/** Nodes that were cached, or not part of the run, have the tables of earlier runs. */
const resultsAt = (stateDir: string, records: readonly RunRecord[], start: number): ReadonlyMap<string, NodeResult> => {
  const results = new Map<string, NodeResult>();
  for (let at = start; at < records.length; at++) {
    for (const event of eventsOf(stateDir, idOf(records, at)).toReversed()) {
      if (event.type !== "finished" || results.has(event.node) || !isWhole(event.result)) continue;
      results.set(event.node, event.result);
    }
  }
  return results;
};
