import type { ReactElement } from "react";

import { useProblems } from "../run/use-problems.ts";
import { runs, staleCount } from "../store/run-store.ts";
import { useRuns } from "../store/use-graph.ts";

const Count = ({ of }: { readonly of: number }): ReactElement | null =>
  of === 0 ? null : <span className="badge">{of}</span>;

export const NoBadge = (): null => null;

export const ProblemBadge = (): ReactElement => <Count of={useProblems().length} />;

export const StaleBadge = (): ReactElement => <Count of={useRuns("plan", staleCount) ?? 0} />;

export const LogBadge = (): ReactElement => <Count of={useRuns("logs", () => runs.logs.length)} />;
