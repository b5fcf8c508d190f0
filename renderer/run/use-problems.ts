import { useStore } from "zustand";

import type { ProblemView } from "../../shared/api/index.ts";
import type { ErrorData } from "../../shared/errors/index.ts";
import { allProblems, project } from "../store/project-store.ts";
import { runs } from "../store/run-store.ts";
import { useRuns } from "../store/use-graph.ts";

/** A problem and whether the last run met it, or the files have it. */
export interface ListedProblem extends ProblemView {
  readonly from: "files" | "run";
}

const listed = (error: ErrorData, severity: "error" | "warning", node: string): ListedProblem => ({
  code: error.code,
  message: error.message,
  next: error.next,
  node: error.node ?? node,
  location: error.location === null ? null : { ...error.location },
  params: {},
  cause: error.cause,
  severity,
  from: "run",
});

let known: { readonly run: typeof runs.run; readonly problems: readonly ListedProblem[] } = { run: null, problems: [] };

/** What went wrong in the run that is over; the same array for the same run. */
const runProblems = (): readonly ListedProblem[] => {
  const { run } = runs;
  if (run === known.run) return known.problems;
  const steps = run === null || run.summary === null ? [] : run.plan.steps;
  const problems = steps.flatMap(({ node }): readonly ListedProblem[] => {
    const result = runs.live(node)?.result ?? null;
    const error = result?.error ?? null;
    return error === null || error.code === "cancelled" ? [] : [listed(error, "error", node)];
  });
  known = { run, problems };
  return problems;
};

/** Everything that is wrong: what the files say, then what the last run met. */
export const useProblems = (): readonly ListedProblem[] => {
  const files = useStore(project, allProblems);
  const run = useRuns("run", runProblems);
  return [...files.map((problem) => ({ ...problem, from: "files" as const })), ...run];
};
