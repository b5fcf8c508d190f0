import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import type { RunEvent, RunSummary } from "../../../shared/run/index.ts";
import { readJournal } from "./journal.ts";
import { journalPath } from "./run-state.ts";

/** A run as its journal tells it. */
export interface RunRecord {
  readonly summary: RunSummary;
  readonly startedAt: string;
  readonly gitCommit: string | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** False when the journal ends without `run_finished`: the run was killed. */
  readonly complete: boolean;
}

/** Sorts by time and cannot clash: `20260131T101530-1f2e3d`. */
export const newRunId = (now: Date = new Date()): string =>
  `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}-${randomBytes(3).toString("hex")}`;

/** A run id given by a person becomes a file name: refuses what could not be one, or is taken. */
export const checkRunId = (stateDir: string, runId: string): string => {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(runId) && !existsSync(journalPath(stateDir, runId))) return runId;
  throw new ProjectError("run_id_invalid", { params: { run: runId } });
};

const killedSummary = (runId: string, events: readonly RunEvent[]): RunSummary => {
  const results = events.flatMap((event) => (event.type === "finished" ? [event.result] : []));
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  return {
    runId,
    status: "CANCELLED",
    ran: count("SUCCESS") + count("WARNING"),
    cached: count("CACHED"),
    failed: count("FAILED"),
    skipped: count("SKIPPED"),
    cancelled: count("CANCELLED"),
    warnings: count("WARNING"),
    durationSeconds: results.reduce((sum, result) => sum + result.duration_seconds, 0),
    savedSeconds: 0,
    error: null,
    exitCode: 130,
  };
};

const recordOf = (stateDir: string, runId: string): RunRecord | null => {
  const { entries } = readJournal(journalPath(stateDir, runId));
  const [first] = entries;
  if (first === undefined) return null;
  const events = entries.map((entry) => entry.event);
  const last = events.at(-1);
  const planned = events.find((event) => event.type === "planned");
  return {
    summary: last?.type === "run_finished" ? last.summary : killedSummary(runId, events),
    startedAt: planned?.time ?? "",
    gitCommit: planned?.gitCommit ?? null,
    options: planned?.options ?? {},
    complete: last?.type === "run_finished",
  };
};

/** The newest runs first, killed ones too; journals that cannot be read at all are left out. */
export const listRuns = (stateDir: string, limit: number): readonly RunRecord[] => {
  const folder = join(stateDir, "runs");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return files
    .map((name) => ({ id: name.slice(0, -".jsonl".length), time: statSync(join(folder, name)).birthtimeMs }))
    .toSorted((a, b) => b.time - a.time)
    .slice(0, limit)
    .flatMap(({ id }) => recordOf(stateDir, id) ?? []);
};

/** One run's events, as far as its journal is whole. Throws `run_not_found`. */
export const eventsOf = (stateDir: string, runId: string): readonly RunEvent[] => {
  const path = journalPath(stateDir, runId);
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(runId) || !existsSync(path)) {
    throw new ProjectError("run_not_found", { params: { run: runId } });
  }
  return readJournal(path).entries.map((entry) => entry.event);
};
