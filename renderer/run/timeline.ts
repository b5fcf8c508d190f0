// Where the parts of a node's bar lie in a run, in fractions of the run's time so far.

import type { LiveNode } from "../store/run-store.ts";

export interface BarPart {
  readonly phase: "queued" | "environment" | "running";
  /** 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

const at = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

/** The parts of a node's bar; `start` and `end` are the run's, in milliseconds. */
export const barParts = (live: LiveNode, start: number, end: number): readonly BarPart[] => {
  const span = Math.max(1, end - start);
  const began = at(live.startedAt);
  const over = at(live.finishedAt) ?? (live.phase === "finished" ? began : null) ?? end;
  const ready = at(live.environmentFrom) === null ? began : (at(live.environmentUntil) ?? over);
  const parts: readonly (readonly [BarPart["phase"], number, number])[] =
    began === null
      ? [["queued", start, live.phase === "finished" ? start : end]]
      : [
          ["queued", start, began],
          ["environment", began, ready ?? began],
          ["running", ready ?? began, over],
        ];
  return parts.flatMap(([phase, from, to]) => {
    const [left, right] = [Math.max(from, start), Math.min(Math.max(to, from), Math.max(end, start))];
    if (right <= left && phase !== "running") return [];
    return [{ phase, from: (left - start) / span, to: (right - start) / span, seconds: (right - left) / 1000 }];
  });
};
