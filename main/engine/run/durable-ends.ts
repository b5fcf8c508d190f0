import { close, fsync, open } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { toHeadraceError, type HeadraceError } from "../../../shared/errors/index.ts";
import type { RunEvent } from "../../../shared/run/index.ts";
import type { Journal, NodeRecord } from "../state/index.ts";

const [openFile, syncFile, closeFile] = [promisify(open), promisify(fsync), promisify(close)];

/** Ends that come within this time share their syncs. */
const windowMs = 20;

const syncPath = async (path: string): Promise<void> => {
  // Windows syncs only what is open for writing; elsewhere the file is read-only already.
  const file = await openFile(path, process.platform === "win32" ? "r+" : "r");
  try {
    await syncFile(file);
  } finally {
    await closeFile(file);
  }
};

interface End {
  readonly event: RunEvent;
  readonly record: NodeRecord | undefined;
  /** Absolute; must be on disk before the journal may say that the node is done. */
  readonly file: string | null;
}

/**
 * Writes nodes' ends to the journal in their order, each after its file is on disk. Nodes that read the file do not
 * wait for that: after a power cut they are as little in the journal as it is.
 */
export class DurableEnds {
  readonly #journal: Journal;
  #waiting: End[] = [];
  #writing: Promise<void> | null = null;
  #failure: HeadraceError | null = null;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  add(end: End): void {
    this.#waiting.push(end);
    this.#writing ??= this.#write();
  }

  /** Resolves once every end so far is durable; throws what kept one from being so. */
  async flushed(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    if (this.#failure !== null) throw this.#failure;
    await this.#journal.flushed();
  }

  async #write(): Promise<void> {
    await sleep(windowMs);
    while (this.#waiting.length > 0 && this.#failure === null) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await Promise.all(batch.flatMap(({ file }) => (file === null ? [] : [syncPath(file)])));
        for (const { event, record } of batch) this.#journal.append(event, record);
      } catch (thrown) {
        this.#failure = toHeadraceError(thrown);
      }
    }
    this.#writing = null;
  }
}
