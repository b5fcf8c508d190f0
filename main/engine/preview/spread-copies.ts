import { statSync } from "node:fs";

import type { SqlHosts } from "../duckdb/sql-host.ts";
import type { ResolvedTable } from "./answer.ts";
import { ScratchTables } from "./scratch-tables.ts";

/** Below, a page from all over a file is quick as it is; above, a copy would take too much room and time. */
const leastBytes = 32 * 1024 ** 2;
const mostBytes = 1024 ** 3;
/**
 * Pages that are read before a copy is worth its price: one glance at a sorted table, and what a window reads ahead for
 * it, is not.
 */
const enoughPages = 6;

/**
 * Copies of big tables whose rows lie in many small parts. The rows of a page of a sorted view come from all over the
 * file, and with each of them the whole part around it is unpacked. A copy is made in the background once somebody
 * looks through such a view, serves every view of the table, and is made for one table at a time.
 */
export class SpreadCopies {
  readonly #hosts: SqlHosts;
  readonly #files: ScratchTables<null>;
  #asked: { readonly version: string; readonly offsets: Set<number> } | null = null;
  #going: { readonly version: string; readonly controller: AbortController; readonly done: Promise<void> } | null =
    null;

  constructor(scratch: string, hosts: SqlHosts) {
    this.#hosts = hosts;
    this.#files = new ScratchTables(scratch, { files: 2, bytes: 3 * mostBytes });
  }

  /** The table, read from its copy once there is one. */
  of({ relation, version }: ResolvedTable): ResolvedTable["relation"] {
    const copy = this.#files.known(version);
    return copy === null ? relation : { ...relation, file: copy.file };
  }

  /** A page of a view in another order than the table's was served. */
  served(table: ResolvedTable, offset: number): void {
    const { version, relation } = table;
    if (this.#asked?.version !== version) this.#asked = { version, offsets: new Set() };
    this.#asked.offsets.add(offset);
    if (this.#asked.offsets.size < enoughPages || this.#going?.version === version) return;
    if (this.#files.known(version) !== null) return;
    const bytes = statSync(relation.file, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes >= leastBytes && bytes <= mostBytes) this.#start(table);
  }

  /** Stops a copy in the making: somebody waits for something else. It is begun anew with the next page. */
  giveWay(): void {
    this.#going?.controller.abort();
    this.#going = null;
  }

  /** Resolves when no copy is being made. */
  async settled(): Promise<void> {
    await this.#going?.done;
  }

  close(): void {
    this.#going?.controller.abort();
    this.#files.close();
  }

  #start({ relation, version }: ResolvedTable): void {
    this.#going?.controller.abort();
    const controller = new AbortController();
    const making = this.#files.get(version, controller.signal, async (output, signal) => {
      await this.#hosts.table("spread", { relation, output }, signal);
      return null;
    });
    // Without a copy (no room left, another table meanwhile) pages are what they were.
    const done = making.then(
      () => undefined,
      () => undefined,
    );
    this.#going = { version, controller, done };
  }
}
