import type { Threshold } from "../../../shared/graph/kinds/checks.ts";
import type { Check, FigureVerdict, Severity } from "./check.ts";
import { claimOf } from "./registry.ts";

export type FindingStatus = "pass" | Severity;

/** How one check came out: what is kept of each run, for trends. */
export interface Finding {
  readonly id: string;
  readonly type: string;
  readonly status: FindingStatus;
  readonly severity: Severity;
  /** Violating rows; of a figure 1 or 0. */
  readonly violations: number;
  /** Rows that were checked. */
  readonly rows: number;
  readonly percent: number;
  /** Rows with nothing to check, whether they count as violations or not. */
  readonly nulls: number;
  /** What was measured, where it is not rows. */
  readonly observed: string | null;
  readonly value: number | null;
  readonly message: string;
}

interface Counted {
  readonly violations: number;
  readonly rows: number;
  readonly nulls?: number;
  readonly verdict?: FigureVerdict;
  readonly value?: number | null;
  readonly observed?: string;
}

const order: readonly FindingStatus[] = ["pass", "info", "warn", "error"];

const exceeds = (threshold: Threshold, violations: number, percent: number): boolean => {
  const found = threshold.percent ? percent : violations;
  return threshold.orEqual ? found >= threshold.value : found > threshold.value;
};

/** A severity is the most a check can come to; thresholds, where given, decide alone. */
const statusOf = (check: Check, violations: number, percent: number): FindingStatus => {
  const { warnIf, errorIf, severity } = check;
  if (warnIf === null && errorIf === null) return violations > 0 ? severity : "pass";
  const reached =
    errorIf !== null && exceeds(errorIf, violations, percent)
      ? "error"
      : warnIf !== null && exceeds(warnIf, violations, percent)
        ? "warn"
        : "pass";
  return atMost(reached, severity);
};

const atMost = (status: FindingStatus, severity: Severity): FindingStatus =>
  order.indexOf(status) > order.indexOf(severity) ? severity : status;

/** Two digits that never round a violation away, nor to all. */
const percentOf = (violations: number, rows: number): number => {
  if (violations === 0) return 0;
  if (violations >= rows) return 100;
  const percent = (violations / rows) * 100;
  return Math.min(99.99, Math.max(0.01, Math.round(percent * 100) / 100));
};

const share = (counted: Counted): number => {
  if (counted.verdict !== undefined || counted.rows === 0) return counted.violations > 0 ? 100 : 0;
  return (counted.violations / counted.rows) * 100;
};

const messageOf = (check: Check, counted: Counted): string => {
  const { violations, rows, verdict, observed } = counted;
  const claim = check.message ?? claimOf(check);
  if (verdict !== undefined) return `${claim} (${verdict.observed})`;
  if (observed !== undefined) return `${claim} (${observed})`;
  if (check.type === "sql") return `${claim} (it returns ${violations})`;
  return `${claim} (${violations} of ${rows} rows, ${percentOf(violations, rows)} %)`;
};

/** Holds what was counted against severity and thresholds. */
export const findingOf = (check: Check, counted: Counted): Finding => {
  const { violations, rows, verdict } = counted;
  const level = verdict?.level;
  return {
    id: check.id,
    type: check.type,
    status: level === undefined ? statusOf(check, violations, share(counted)) : atMost(level, check.severity),
    severity: check.severity,
    violations,
    rows,
    percent: verdict === undefined && rows > 0 ? percentOf(violations, rows) : violations > 0 ? 100 : 0,
    nulls: counted.nulls ?? 0,
    observed: verdict?.observed ?? counted.observed ?? null,
    value: counted.value ?? null,
    message: messageOf(check, counted),
  };
};
