import { expect, it } from "vitest";

import type { LiveNode } from "../store/run-store.ts";
import { barParts } from "./timeline.ts";

const time = (second: number): string => new Date(second * 1000).toISOString();
const live = (changes: Partial<LiveNode>): LiveNode => ({
  phase: "running",
  doing: null,
  fraction: null,
  rows: null,
  startedAt: null,
  environmentFrom: null,
  environmentUntil: null,
  finishedAt: null,
  attempt: 1,
  result: null,
  ...changes,
});
const parts = (changes: Partial<LiveNode>) =>
  barParts(live(changes), 0, 10_000).map(({ phase, from, to }) => [phase, from, to]);

it.each([
  ["waits", { phase: "queued" }, [["queued", 0, 1]]],
  [
    "runs",
    { startedAt: time(2) },
    [
      ["queued", 0, 0.2],
      ["running", 0.2, 1],
    ],
  ],
  [
    "builds its environment first",
    { startedAt: time(1), environmentFrom: time(1), environmentUntil: time(4), finishedAt: time(5), phase: "finished" },
    [
      ["queued", 0, 0.1],
      ["environment", 0.1, 0.4],
      ["running", 0.4, 0.5],
    ],
  ],
  [
    "still builds it",
    { startedAt: time(1), environmentFrom: time(1) },
    [
      ["queued", 0, 0.1],
      ["environment", 0.1, 1],
      ["running", 1, 1],
    ],
  ],
] as const)("a node that %s", (_words, changes, expected) => {
  expect(parts(changes)).toEqual(expected);
});
