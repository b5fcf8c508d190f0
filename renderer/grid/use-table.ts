import { useCallback, useEffect, useState } from "react";

import type { OpenedTable } from "../../shared/api/index.ts";
import { type HeadraceError, toHeadraceError } from "../../shared/errors/index.ts";
import { isWhole, type TableRef, type TableView } from "../../shared/table/index.ts";
import { host } from "../api.ts";
import { PageCache, type Piece } from "./page-cache.ts";

/** A table that is looked at: what is known of it, and the pages that were read. */
export interface TableModel {
  readonly table: TableRef;
  readonly view: TableView;
  /** The last state that was whole; it stays while a new view is made. `null` at first. */
  readonly opened: OpenedTable | null;
  /** Pages of `opened`. */
  readonly cache: PageCache | null;
  readonly isOpening: boolean;
  readonly error: HeadraceError | null;
  readonly reopen: () => void;
}

/**
 * Rows of a sorted or filtered view lie anywhere in the file, and each of them costs: those that are looked at come
 * first, and some more behind them.
 */
const paging = {
  own: { pageRows: 200, ahead: 0, most: 60 },
  view: { pageRows: 16, ahead: 8, most: 1000 },
} as const;
const pageColumns = 24;

interface State {
  /** What was asked when this was answered. */
  readonly key: string;
  readonly opened: OpenedTable | null;
  readonly cache: PageCache | null;
  readonly error: HeadraceError | null;
}

/** Opens a table, again whenever the table, the view or `version` differ, and reads its pages as they are looked at. */
export const useTable = (table: TableRef, view: TableView, version: string): TableModel => {
  const [state, setState] = useState<State>({ key: "", opened: null, cache: null, error: null });
  const [turn, setTurn] = useState(0);
  const [, draw] = useState(0);
  const reopen = useCallback(() => setTurn((former) => former + 1), []);
  const key = JSON.stringify([table, view, version, turn]);

  useEffect(() => {
    const controller = new AbortController();
    const [asked, askedView] = JSON.parse(key) as [TableRef, TableView];
    const input = { table: asked, view: askedView };
    const load = async (): Promise<void> => {
      try {
        const opened = await host().call("table.open", input, controller.signal);
        const cache = cacheOf(input, opened, () => draw((former) => former + 1), reopen);
        setState({ key, opened, cache, error: null });
      } catch (error) {
        if (!controller.signal.aborted) setState((former) => ({ ...former, key, error: toHeadraceError(error) }));
      }
    };
    void load();
    return () => controller.abort();
  }, [key, reopen]);
  const { opened, cache } = state;
  useEffect(() => () => cache?.close(), [cache]);

  const isOpening = state.key !== key;
  return { table, view, opened, cache, isOpening, error: isOpening ? null : state.error, reopen };
};

const noRows: Piece = { rows: 0, cell: () => ({ text: null, length: null }) };

const cacheOf = (
  input: { readonly table: TableRef; readonly view: TableView },
  opened: OpenedTable,
  changed: () => void,
  reopen: () => void,
): PageCache =>
  new PageCache({
    ...(isWhole(input.view) ? paging.own : paging.view),
    rows: opened.rows,
    columns: opened.columns.length,
    pageColumns,
    changed,
    load: async (wanted, signal) => {
      const [answer, { decodePiece }] = await Promise.all([
        host().fetch("table.page", { ...input, ...wanted, columns: [...wanted.columns] }, signal),
        import("./load-piece.ts"),
      ]);
      if (answer.head.version === opened.version) return decodePiece(answer);
      // Made anew meanwhile: its rows are not to be mixed with those of before.
      reopen();
      return noRows;
    },
  });
