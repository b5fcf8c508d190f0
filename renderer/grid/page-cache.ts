// Pieces of a table that were read: a stretch of rows by a stretch of columns each. What is scrolled past before it
// arrives is called off; what was used last is kept.

/** One cell: its text, `null` for NULL; `length` of a text that was cut. */
export interface Cell {
  readonly text: string | null;
  readonly length: number | null;
}

/** A piece that has arrived. */
export interface Piece {
  readonly rows: number;
  /** By place among the piece's own rows and columns. */
  cell(row: number, column: number): Cell;
}

export interface PieceWanted {
  readonly offset: number;
  readonly limit: number;
  /** Places in the table. */
  readonly columns: readonly number[];
}

export interface PageCacheOptions {
  readonly rows: number;
  readonly columns: number;
  readonly pageRows: number;
  readonly pageColumns: number;
  /** Pages read beyond those looked at, in the direction of the last move, once these are there. */
  readonly ahead: number;
  /** Pages kept. */
  readonly most: number;
  readonly load: (wanted: PieceWanted, signal: AbortSignal) => Promise<Piece>;
  /** Hears when something arrived or failed. */
  readonly changed: () => void;
}

/** A part of the table that is looked at. */
export interface Looked {
  readonly from: number;
  readonly before: number;
  /** Places of the columns. */
  readonly columns: readonly number[];
}

/** Neighbouring pages of one block of columns. */
interface Stretch {
  readonly block: number;
  readonly page: number;
  readonly pages: number;
}

interface Loading {
  readonly controller: AbortController;
  readonly keys: readonly string[];
}

const atOnce = 2;

export class PageCache {
  readonly #options: PageCacheOptions;
  /** By page: where it was read, and the place of its first row there. */
  readonly #pages = new Map<string, { readonly piece: Piece; readonly from: number }>();
  readonly #loading = new Set<Loading>();
  readonly #failed = new Map<string, unknown>();
  #wanted: readonly Stretch[] = [];
  #ahead: readonly Stretch[] = [];
  #from = 0;

  constructor(options: PageCacheOptions) {
    this.#options = options;
  }

  /** The cell of a row in the column of a place; `null` while it is not there. */
  cell(row: number, column: number): Cell | null {
    const { pageRows, pageColumns } = this.#options;
    const page = this.#pages.get(keyOf(Math.floor(row / pageRows), Math.floor(column / pageColumns)));
    if (page === undefined) return null;
    const within = page.from + (row % pageRows);
    return within >= page.piece.rows ? null : page.piece.cell(within, column % pageColumns);
  }

  /** What kept a page of those looked at from arriving; `null` for nothing. */
  get failure(): unknown {
    for (const key of this.#wanted.flatMap(keysOf)) if (this.#failed.has(key)) return this.#failed.get(key);
    return null;
  }

  /** Whether something that is looked at has not arrived. */
  get isWaiting(): boolean {
    return this.#wanted.flatMap(keysOf).some((key) => !this.#pages.has(key) && !this.#failed.has(key));
  }

  /** Sees to it that a part of the table arrives, before anything else. */
  look({ from, before, columns }: Looked): void {
    const { rows, pageRows, pageColumns, ahead } = this.#options;
    const blocks = [...new Set(columns.map((place) => Math.floor(place / pageColumns)))];
    const page = Math.floor(from / pageRows);
    const end = Math.ceil(before / pageRows);
    const last = Math.ceil(rows / pageRows);
    const next = from >= this.#from ? [end, Math.min(last, end + ahead)] : [Math.max(0, page - ahead), page];
    const stretches = (first = 0, until = 0): readonly Stretch[] =>
      first >= until ? [] : blocks.map((block) => ({ block, page: first, pages: until - first }));
    this.#from = from;
    this.#wanted = stretches(page, end);
    this.#ahead = stretches(...next);
    const keys = new Set([...this.#wanted, ...this.#ahead].flatMap(keysOf));
    for (const loading of this.#loading) {
      if (loading.keys.some((key) => keys.has(key))) continue;
      loading.controller.abort();
      this.#loading.delete(loading);
    }
    for (const key of keys) this.#touch(key);
    this.#startNext();
  }

  /** Forgets failures, and tries again. */
  retry(): void {
    this.#failed.clear();
    this.#startNext();
  }

  /** Calls everything off. */
  close(): void {
    this.#wanted = [];
    this.#ahead = [];
    for (const { controller } of this.#loading) controller.abort();
    this.#loading.clear();
  }

  #touch(key: string): void {
    const page = this.#pages.get(key);
    if (page === undefined) return;
    this.#pages.delete(key);
    this.#pages.set(key, page);
  }

  #startNext(): void {
    for (const stretch of this.#wanted) if (this.#loading.size < atOnce) this.#start(stretch);
    // What nobody sees yet keeps nothing waiting that somebody does.
    if (this.#loading.size > 0) return;
    for (const stretch of this.#ahead) if (this.#loading.size < atOnce) this.#start(stretch);
  }

  /** Reads what is missing of a stretch, in one go. */
  #start(stretch: Stretch): void {
    const going = new Set([...this.#loading].flatMap(({ keys }) => keys));
    const keys = keysOf(stretch);
    const missing = keys.flatMap((key, at) =>
      this.#pages.has(key) || this.#failed.has(key) || going.has(key) ? [] : [at],
    );
    const [first] = missing;
    if (first === undefined) return;
    const pages = (missing.at(-1) ?? first) - first + 1;
    void this.#read({ ...stretch, page: stretch.page + first, pages });
  }

  async #read(stretch: Stretch): Promise<void> {
    const { load, changed, columns, pageRows, pageColumns } = this.#options;
    const loading = { controller: new AbortController(), keys: keysOf(stretch) };
    this.#loading.add(loading);
    const { signal } = loading.controller;
    const first = stretch.block * pageColumns;
    const places = Array.from(
      { length: Math.max(0, Math.min(pageColumns, columns - first)) },
      (_value, at) => first + at,
    );
    const wanted = { offset: stretch.page * pageRows, limit: stretch.pages * pageRows, columns: places };
    try {
      const piece = await load(wanted, signal);
      if (signal.aborted) return;
      for (const [at, key] of loading.keys.entries()) this.#pages.set(key, { piece, from: at * pageRows });
    } catch (error) {
      if (signal.aborted) return;
      for (const key of loading.keys) this.#failed.set(key, error);
    }
    this.#loading.delete(loading);
    this.#dropOldest();
    this.#startNext();
    changed();
  }

  #dropOldest(): void {
    const wanted = new Set(this.#wanted.flatMap(keysOf));
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#options.most) break;
      if (!wanted.has(oldest)) this.#pages.delete(oldest);
    }
  }
}

const keyOf = (page: number, block: number): string => `${page} ${block}`;

const keysOf = ({ block, page, pages }: Stretch): readonly string[] =>
  Array.from({ length: pages }, (_value, at) => keyOf(page + at, block));
