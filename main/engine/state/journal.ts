import { closeSync, existsSync, fdatasync, openSync, readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";

import type { RunEvent } from "../../../shared/run/index.ts";
import { decodeLines, encodeLine } from "../files/index.ts";
import type { NodeRecord } from "./node-record.ts";

const sync = promisify(fdatasync);

/** Events within this time share one write, and ends of nodes one sync. */
const windowMs = 20;

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

/** Opens a new journal; throws when one of that name exists. Lines of one window are written and synced together. */
export const openJournal = (path: string): Journal => {
  const file = openSync(path, "wx", 0o644);
  let seq = 0;
  let lines: string[] = [];
  let endsNode = false;
  let timer: NodeJS.Timeout | null = null;
  let synced: Promise<void> = Promise.resolve();
  // Nothing may follow a gap: after a failure nothing is written any more, and whoever waits is told.
  let failure: unknown = null;
  const fail = (thrown: unknown): void => {
    failure ??= thrown;
  };

  const write = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (lines.length === 0 || failure !== null) return;
    const [text, durable] = [lines.join(""), endsNode];
    lines = [];
    endsNode = false;
    try {
      writeFileSync(file, text);
    } catch (thrown) {
      return fail(thrown);
    }
    if (durable) synced = synced.then(() => sync(file)).catch(fail);
  };
  const flushed = async (): Promise<void> => {
    write();
    await synced;
    if (failure !== null) throw failure;
  };

  return {
    append(event, record) {
      lines.push(encodeLine(record === undefined ? { seq, event } : { seq, event, record }));
      seq += 1;
      endsNode ||= event.type === "finished" || event.type === "run_finished";
      timer ??= setTimeout(write, windowMs);
    },
    flushed,
    async [Symbol.asyncDispose]() {
      try {
        await flushed();
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
