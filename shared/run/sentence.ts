// A run in one sentence: the terminal and the window print the same words.

import type { RunSummary } from "./events.ts";

/** Seconds as a person says them: `8 ms`, `3.2 s`, `41 s`, `2 min 5 s`, `1 h 4 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `8 ran, 14 cached, 0 failed in 3.2 s; 41 s saved`. */
export function summarySentence(summary: RunSummary): string {
  const counts = [`${summary.ran} ran`, `${summary.cached} cached`, `${summary.failed} failed`];
  if (summary.skipped > 0) counts.push(`${summary.skipped} skipped`);
  if (summary.cancelled > 0) counts.push(`${summary.cancelled} cancelled`);
  if (summary.warnings > 0) counts.push(summary.warnings === 1 ? "1 warning" : `${summary.warnings} warnings`);
  const saved = summary.savedSeconds >= 0.001 ? `; ${formatSeconds(summary.savedSeconds)} saved` : "";
  return `${counts.join(", ")} in ${formatSeconds(summary.durationSeconds)}${saved}`;
}

/** The last line of a run, which says when it was cancelled. */
export const endSentence = (summary: RunSummary): string =>
  summary.status === "CANCELLED" ? `Cancelled: ${summarySentence(summary)}` : summarySentence(summary);

/** Nothing needed to run. */
export const isUpToDate = (summary: RunSummary): boolean =>
  summary.status === "SUCCESS" && summary.ran === 0 && summary.failed === 0 && summary.cached > 0;
