import { closeSync, existsSync, fdatasync, openSync, readFileSync, writeSync } from "node:fs";
import { promisify } from "node:util";

import type { RunEvent } from "../../../shared/run/index.ts";
import { decodeLines, encodeLine } from "../files/index.ts";
import type { NodeRecord } from "./node-record.ts";

const sync = promisify(fdatasync);

/** Ends of nodes within this time share one sync. */
const syncWindowMs = 20;

export interface JournalEntry {
  readonly seq: number;
  readonly event: RunEvent;
  /** With a node's end: its new state, so that a killed run resumes. */
  readonly record?: NodeRecord;
}

/** A run's own truth: one checksummed line an event, durable at node ends. */
export interface Journal extends AsyncDisposable {
  append(event: RunEvent, record?: NodeRecord): void;
  /** Resolves once everything appended so far is on disk. */
  flushed(): Promise<void>;
}

/** Opens a new journal; throws when one of that name exists. */
export const openJournal = (path: string): Journal => {
  const file = openSync(path, "wx", 0o644);
  let seq = 0;
  let pending: Promise<void> | null = null;
  let failure: unknown = null;

  const flushed = (): Promise<void> => {
    pending ??= new Promise((resolve, reject) => {
      setTimeout(() => {
        pending = null;
        sync(file).then(resolve, reject);
      }, syncWindowMs);
    });
    return pending;
  };

  return {
    append(event, record) {
      writeSync(file, encodeLine(record === undefined ? { seq, event } : { seq, event, record }));
      seq += 1;
      if (event.type === "finished") flushed().catch((error: unknown) => (failure = error));
    },
    flushed,
    async [Symbol.asyncDispose]() {
      try {
        await flushed();
        if (failure !== null) throw failure;
      } finally {
        closeSync(file);
      }
    },
  };
};

const isEntry = (value: unknown, seq: number): value is JournalEntry =>
  typeof value === "object" && value !== null && "seq" in value && value.seq === seq && "event" in value;

/** The longest whole prefix of a journal; `whole` is false when bytes follow it that cannot be trusted. */
export const readJournal = (path: string): { readonly entries: readonly JournalEntry[]; readonly whole: boolean } => {
  if (!existsSync(path)) return { entries: [], whole: true };
  const bytes = readFileSync(path);
  const { values, end } = decodeLines(bytes);
  const entries: JournalEntry[] = [];
  for (const value of values) {
    if (!isEntry(value, entries.length)) return { entries, whole: false };
    entries.push(value);
  }
  return { entries, whole: end === bytes.length };
};
