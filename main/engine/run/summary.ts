import { catalogue, toErrorData, type HeadraceError } from "../../../shared/errors/index.ts";
import type { NodeResult, RunSummary } from "../../../shared/run/index.ts";

interface Ended {
  readonly runId: string;
  readonly results: Iterable<NodeResult>;
  /** Seconds that cached nodes took when they ran. */
  readonly savedSeconds: number;
  readonly seconds: number;
  readonly cancelled: boolean;
  readonly error: HeadraceError | null;
}

const exitCode = (failures: readonly NodeResult[], cancelled: boolean): RunSummary["exitCode"] => {
  if (cancelled) return 130;
  if (failures.length === 0) return 0;
  return failures.every(({ error }) => error !== null && catalogue[error.code].exit === 3) ? 3 : 1;
};

const statusOf = (failed: number, warnings: number, cancelled: boolean): RunSummary["status"] => {
  if (cancelled) return "CANCELLED";
  if (failed > 0) return "FAILED";
  return warnings > 0 ? "WARNING" : "SUCCESS";
};

/** Counts a run's results. */
export const summarize = (ended: Ended): RunSummary => {
  const results = [...ended.results];
  const count = (...statuses: NodeResult["status"][]): number =>
    results.filter((result) => statuses.includes(result.status)).length;
  const failures = results.filter((result) => result.status === "FAILED");
  return {
    runId: ended.runId,
    status: statusOf(failures.length, count("WARNING"), ended.cancelled),
    ran: count("SUCCESS", "WARNING"),
    cached: count("CACHED"),
    failed: failures.length,
    skipped: count("SKIPPED"),
    cancelled: count("CANCELLED"),
    warnings: count("WARNING"),
    durationSeconds: ended.seconds,
    savedSeconds: ended.savedSeconds,
    error: ended.error === null ? null : toErrorData(ended.error),
    exitCode: exitCode(failures, ended.cancelled),
  };
};
