import { useStore } from "zustand";

import { project } from "../store/project-store.ts";
import { runs } from "../store/run-store.ts";
import { useRuns } from "../store/use-graph.ts";

const orNone = (count: number): number | null => (count === 0 ? null : count);

export const useProblemCount = (): number | null => useStore(project, ({ problems }) => orNone(problems.length));

/** Nodes that a run would do something about; `null` while that is not known. */
export const staleCount = (): number | null => {
  const counts = runs.plan?.counts;
  return counts === undefined ? null : counts.run + counts.check + counts.materialize;
};

export const useStaleCount = (): number | null => orNone(useRuns("plan", staleCount) ?? 0);

export const useLogCount = (): number | null => orNone(useRuns("logs", () => runs.logs.length));
