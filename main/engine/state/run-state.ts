import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { replaceFile, type FileStamp } from "../files/index.ts";
import { readJournal } from "./journal.ts";
import type { NodeRecord } from "./node-record.ts";

const schemaVersion = 1;

/** What is known of a project's earlier runs: `target/run_state.json`, brought up to date from a killed run's journal. */
export interface RunState {
  readonly schema_version: number;
  run_id: string | null;
  last_run: string | null;
  /** False from a run's start until its end: its journal then knows more than this file. */
  complete: boolean;
  readonly nodes: Record<string, NodeRecord>;
  /** SHA-256 of source files by absolute path, valid while the stamp is equal. */
  readonly files: Record<string, { readonly stamp: FileStamp; readonly hash: string }>;
  /** Locked versions by environment hash, so that a changed environment can be named. */
  readonly environments: Record<string, Readonly<Record<string, string>>>;
}

const emptyState = (): RunState => ({
  schema_version: schemaVersion,
  run_id: null,
  last_run: null,
  complete: true,
  nodes: {},
  files: {},
  environments: {},
});

export const statePath = (stateDir: string): string => join(stateDir, "run_state.json");
export const journalPath = (stateDir: string, runId: string): string => join(stateDir, "runs", `${runId}.jsonl`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A damaged snapshot is not an error: the outputs are found again by fingerprint, and what is not found runs. */
const parseState = (text: string, path: string): RunState => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return emptyState();
  }
  if (!isRecord(parsed)) return emptyState();
  const version = parsed["schema_version"];
  if (typeof version === "number" && version > schemaVersion) {
    throw new ProjectError("state_newer", { params: { path, found: version, known: schemaVersion } });
  }
  // Only this program writes the file and always as a whole, so its shape is taken from its version.
  return { ...emptyState(), ...(parsed as unknown as Partial<RunState>), schema_version: schemaVersion };
};

/** Applies what a killed run's journal knows beyond the snapshot. */
const recover = (state: RunState, stateDir: string): void => {
  if (state.complete || state.run_id === null) return;
  for (const entry of readJournal(journalPath(stateDir, state.run_id)).entries) {
    if (entry.record === undefined || entry.event.type !== "finished") continue;
    state.nodes[entry.event.node] = entry.record;
  }
};

/** Reads the state; throws `state_newer`. */
export const loadState = (stateDir: string): RunState => {
  const path = statePath(stateDir);
  const state = existsSync(path) ? parseState(readFileSync(path, "utf8"), path) : emptyState();
  recover(state, stateDir);
  return state;
};

export const saveState = (stateDir: string, state: RunState): Promise<void> =>
  replaceFile(statePath(stateDir), JSON.stringify(state));
