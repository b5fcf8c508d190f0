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
  readonly columns: number;
  readonly pageRows: number;
  readonly pageColumns: number;
  /** Pieces kept. */
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

const atOnce = 2;

export class PageCache {
  readonly #options: PageCacheOptions;
  readonly #pieces = new Map<string, Piece>();
  readonly #loading = new Map<string, AbortController>();
  readonly #failed = new Map<string, unknown>();
  #wanted: readonly string[] = [];

  constructor(options: PageCacheOptions) {
    this.#options = options;
  }

  /** The cell of a row in the column of a place; `null` while it is not there. */
  cell(row: number, column: number): Cell | null {
    const { pageRows, pageColumns } = this.#options;
    const piece = this.#pieces.get(keyOf(Math.floor(row / pageRows), Math.floor(column / pageColumns)));
    const within = row % pageRows;
    return piece === undefined || within >= piece.rows ? null : piece.cell(within, column % pageColumns);
  }

  /** What kept a piece of those looked at from arriving; `null` for nothing. */
  get failure(): unknown {
    for (const key of this.#wanted) if (this.#failed.has(key)) return this.#failed.get(key);
    return null;
  }

  /** Whether something that is looked at has not arrived. */
  get isWaiting(): boolean {
    return this.#wanted.some((key) => !this.#pieces.has(key) && !this.#failed.has(key));
  }

  /** Sees to it that a part of the table arrives, before anything else. */
  look({ from, before, columns }: Looked): void {
    const { pageRows, pageColumns } = this.#options;
    const keys: string[] = [];
    const blocks = [...new Set(columns.map((place) => Math.floor(place / pageColumns)))];
    for (let page = Math.floor(from / pageRows); page * pageRows < before; page++) {
      for (const block of blocks) keys.push(keyOf(page, block));
    }
    this.#wanted = keys;
    for (const [key, controller] of this.#loading) {
      if (keys.includes(key)) continue;
      controller.abort();
      this.#loading.delete(key);
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
    for (const controller of this.#loading.values()) controller.abort();
    this.#loading.clear();
  }

  #touch(key: string): void {
    const piece = this.#pieces.get(key);
    if (piece === undefined) return;
    this.#pieces.delete(key);
    this.#pieces.set(key, piece);
  }

  #startNext(): void {
    for (const key of this.#wanted) {
      if (this.#loading.size >= atOnce) return;
      if (this.#pieces.has(key) || this.#loading.has(key) || this.#failed.has(key)) continue;
      void this.#read(key);
    }
  }

  async #read(key: string): Promise<void> {
    const { load, changed, most, columns, pageRows, pageColumns } = this.#options;
    const controller = new AbortController();
    this.#loading.set(key, controller);
    const [page = 0, block = 0] = key.split(" ").map(Number);
    const first = block * pageColumns;
    const places = Array.from(
      { length: Math.max(0, Math.min(pageColumns, columns - first)) },
      (_value, at) => first + at,
    );
    try {
      const piece = await load({ offset: page * pageRows, limit: pageRows, columns: places }, controller.signal);
      if (controller.signal.aborted) return;
      this.#pieces.set(key, piece);
    } catch (error) {
      if (controller.signal.aborted) return;
      this.#failed.set(key, error);
    }
    this.#loading.delete(key);
    for (const oldest of this.#pieces.keys()) {
      if (this.#pieces.size <= most) break;
      if (!this.#wanted.includes(oldest)) this.#pieces.delete(oldest);
    }
    this.#startNext();
    changed();
  }
}

const keyOf = (page: number, block: number): string => `${page} ${block}`;
