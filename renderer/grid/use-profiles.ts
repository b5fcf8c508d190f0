import { useEffect, useMemo, useState } from "react";

import { type ColumnProfile, type ProfileScope, type TableRef } from "../../shared/table/index.ts";
import { host } from "../api.ts";

/** What is known of a column's values, and of how many rows. */
export interface KnownProfile extends ColumnProfile {
  readonly scope: ProfileScope;
}

export interface Profiles {
  readonly of: (place: number) => KnownProfile | null;
  /** Columns that are seen: what their file tells at once, a sample soon after. */
  readonly look: (places: readonly number[]) => void;
  /** Counts every row for one column. */
  readonly countAll: (place: number) => Promise<void>;
}

const settleMilliseconds = 200;
const atOnce = 16;

/** What was read of one table as it is; another version begins with nothing. */
class Reader {
  readonly known = new Map<number, KnownProfile>();
  readonly #asked = new Set<number>();
  readonly #controller = new AbortController();
  readonly #table: TableRef;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(table: TableRef, changed: () => void) {
    this.#table = table;
    this.#changed = changed;
  }

  look(places: readonly number[]): void {
    if (places.every((place) => this.#asked.has(place))) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#readNew(places), settleMilliseconds);
  }

  async read(columns: readonly number[], scope: ProfileScope): Promise<void> {
    const { signal } = this.#controller;
    const answer = await host().call("table.profile", { table: this.#table, columns: [...columns], scope }, signal);
    if (signal.aborted) return;
    for (const profile of answer.columns) this.known.set(profile.column, { ...profile, scope });
    this.#changed();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#controller.abort();
  }

  async #readNew(places: readonly number[]): Promise<void> {
    const fresh = places.filter((place) => !this.#asked.has(place)).slice(0, atOnce);
    for (const place of fresh) this.#asked.add(place);
    if (fresh.length === 0) return;
    try {
      await this.read(fresh, "metadata");
      await this.read(fresh, "sample");
    } catch {
      // A header without figures is still a header: the rows' own failure is told where they are.
    }
  }
}

const nothing: Profiles = { of: () => null, look: () => undefined, countAll: () => Promise.resolve() };

/** Profiles of the columns that are looked at; forgotten when the table is another one. */
export const useProfiles = (table: TableRef, version: string | null): Profiles => {
  const [reader, setReader] = useState<Reader | null>(null);
  const [, draw] = useState(0);
  const key = version === null ? null : JSON.stringify([table, version]);
  useEffect(() => {
    if (key === null) return undefined;
    const [asked] = JSON.parse(key) as [TableRef];
    const made = new Reader(asked, () => draw((former) => former + 1));
    // The reader lives as long as the version: it is made when there is one, and closed when there is another.
    // eslint-disable-next-line react/set-state-in-effect
    setReader(made);
    return () => made.close();
  }, [key]);
  return useMemo(
    () =>
      reader === null
        ? nothing
        : {
            of: (place) => reader.known.get(place) ?? null,
            look: (places) => reader.look(places),
            countAll: (place) => reader.read([place], "all"),
          },
    [reader],
  );
};
