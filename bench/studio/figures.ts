// Figures in the words of the table that they are held against.

import { median, p95 } from "../measure.ts";
import type { Figure } from "../report.ts";

/** The median, and beside it how far the others are from it. */
export const times = (name: string, values: readonly number[], target: number | null): Figure => ({
  name,
  value: median(values),
  unit: "ms",
  target,
  detail: `of ${values.length}: median ${median(values).toFixed(0)} ms, p95 ${p95(values).toFixed(0)} ms, most ${Math.max(...values).toFixed(0)} ms`,
});

/** One value as it is. */
export const fact = (
  name: string,
  value: number,
  unit: Figure["unit"],
  target: number | null,
  detail = "",
): Figure => ({ name, value, unit, target, detail });

/** One value that has to be at least as large as its target. */
export const atLeast = (name: string, value: number, unit: Figure["unit"], target: number, detail = ""): Figure => ({
  ...fact(name, value, unit, target, detail),
  isFloor: true,
});
