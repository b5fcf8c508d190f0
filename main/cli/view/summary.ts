import type { RunSummary } from "../../../shared/run/index.ts";
import { formatSeconds } from "../text/format.ts";

/** The run in one sentence: `8 ran, 14 cached, 0 failed in 3.2 s; 41 s saved`. */
export function summarySentence(summary: RunSummary): string {
  const counts = [`${summary.ran} ran`, `${summary.cached} cached`, `${summary.failed} failed`];
  if (summary.skipped > 0) counts.push(`${summary.skipped} skipped`);
  if (summary.cancelled > 0) counts.push(`${summary.cancelled} cancelled`);
  if (summary.warnings > 0) counts.push(summary.warnings === 1 ? "1 warning" : `${summary.warnings} warnings`);
  const saved = summary.savedSeconds >= 0.001 ? `; ${formatSeconds(summary.savedSeconds)} saved` : "";
  return `${counts.join(", ")} in ${formatSeconds(summary.durationSeconds)}${saved}`;
}

/** Nothing needed to run. */
export const isUpToDate = (summary: RunSummary): boolean =>
  summary.status === "SUCCESS" && summary.ran === 0 && summary.failed === 0 && summary.cached > 0;
