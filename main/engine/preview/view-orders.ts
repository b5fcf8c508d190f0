import { isWhole, type TableView } from "../../../shared/table/index.ts";
import type { SqlHosts } from "../duckdb/sql-host.ts";
import { placeOf, type ResolvedTable } from "./answer.ts";
import { ScratchTables } from "./scratch-tables.ts";

/** From so many rows on, the first of a sorted table are looked for by themselves. */
const manyRows = 500_000;
const headRows = 1000;

/** Where the numbers of a view's rows stand; `null` for a table in its own order. */
export interface ViewOrder {
  readonly file: string | null;
  /** Rows of the view. */
  readonly rows: number;
}

/**
 * The order of views, each kept as a file of row numbers. Who sorts a big table sees its first rows at once: finding
 * these takes a fraction of sorting all of it, which goes on meanwhile.
 */
export class ViewOrders {
  readonly #hosts: SqlHosts;
  readonly #sorting: () => void;
  readonly #whole: ScratchTables<number>;
  readonly #heads: ScratchTables<number>;
  #going: { readonly key: string; readonly controller: AbortController; readonly done: Promise<void> } | null = null;

  /** `sorting` is called whenever an order is begun. */
  constructor(scratch: string, hosts: SqlHosts, sorting: () => void) {
    this.#hosts = hosts;
    this.#sorting = sorting;
    this.#whole = new ScratchTables(scratch);
    this.#heads = new ScratchTables(scratch);
  }

  /** Rows of a view. Throws `view_column_missing`. */
  async count(table: ResolvedTable, view: TableView, signal: AbortSignal): Promise<number> {
    // Sorting leaves as many rows as there are: nobody has to wait for it to hear that.
    if (isSorted(view)) {
      checkColumns(table, view);
      return table.rows;
    }
    return (await this.whole(table, view, signal)).rows;
  }

  /** The order of all rows of a view. */
  async whole(table: ResolvedTable, view: TableView, signal: AbortSignal): Promise<ViewOrder> {
    if (isWhole(view)) return { file: null, rows: table.rows };
    checkColumns(table, view);
    const { file, facts } = await this.#make(table, view, signal);
    return { file, rows: facts };
  }

  /** An order that holds the rows before `end`, which may be all that it holds. */
  async until(end: number, table: ResolvedTable, view: TableView, signal: AbortSignal): Promise<ViewOrder> {
    const isHead = isSorted(view) && table.rows >= manyRows && end <= headRows;
    if (!isHead || this.#whole.known(keyOf(table, view)) !== null) return await this.whole(table, view, signal);
    checkColumns(table, view);
    const { relation, rows } = table;
    const { file } = await this.#heads.get(keyOf(table, view), signal, (output, workSignal) =>
      this.#hosts.table("order", { relation, view, rows, output, limit: headRows }, workSignal),
    );
    return { file, rows };
  }

  /**
   * Rows of a view in another order were given: others of it will be wanted, and all of it is sorted for them. True when
   * that is done.
   */
  served(table: ResolvedTable, view: TableView): boolean {
    const key = keyOf(table, view);
    if (this.#whole.known(key) !== null) return true;
    if (isSorted(view) && this.#going?.key !== key) this.#start(key, table, view);
    return false;
  }

  #start(key: string, table: ResolvedTable, view: TableView): void {
    this.#going?.controller.abort();
    const controller = new AbortController();
    // Whoever asks for such rows hears of a failure.
    const done = this.#make(table, view, controller.signal).then(
      () => undefined,
      () => undefined,
    );
    this.#going = { key, controller, done };
  }

  /** Resolves when nothing is sorted that nobody waits for. */
  async settled(): Promise<void> {
    await this.#going?.done;
  }

  /** A path for a file that the caller removes. */
  newFile(extension: string): string {
    return this.#whole.newFile(extension);
  }

  close(): void {
    this.#going?.controller.abort();
    this.#whole.close();
    this.#heads.close();
  }

  #make(table: ResolvedTable, view: TableView, signal: AbortSignal): ReturnType<ScratchTables<number>["get"]> {
    const { relation, rows } = table;
    return this.#whole.get(keyOf(table, view), signal, (output, workSignal) => {
      this.#sorting();
      return this.#hosts.table("order", { relation, view, rows, output, limit: null }, workSignal);
    });
  }
}

const keyOf = ({ version }: ResolvedTable, view: TableView): string => JSON.stringify([version, view]);

/** All rows of the table, in another order. */
const isSorted = ({ filters, search, sort }: TableView): boolean =>
  filters.length === 0 && search === "" && sort.length > 0;

const checkColumns = ({ relation }: ResolvedTable, { filters, sort }: TableView): void => {
  for (const { column } of [...filters, ...sort]) placeOf(relation, column);
};
