import type { ColumnProfile, ExportFormat, ProfileScope, TableRef, TableView } from "../../../shared/table/index.ts";
import type { Column } from "../../../shared/graph/index.ts";
import type { TextRows } from "../duckdb/host/tables/read-rows.ts";
import type { DifferenceFacts } from "./difference.ts";

/** An input of which a table was made from its first rows only. */
export interface InputSample {
  readonly input: string;
  readonly rows: number;
  /** Rows it has; `null` for a source of which nobody knows before it is run. */
  readonly of: number | null;
}

/** What a head is the beginning of. */
export interface HeadOf {
  /** A file's name, or a table's. */
  readonly of: string;
  /** There are no more rows. */
  readonly isAll: boolean;
}

/** A table as it is now. */
export interface OpenTable {
  /** Another one means other rows. */
  readonly version: string;
  readonly columns: readonly Column[];
  /** Rows of the view. */
  readonly rows: number;
  /** Rows of the table. */
  readonly allRows: number;
  /** `allRows` are only the first of more. */
  readonly isCut: boolean;
  readonly samples: readonly InputSample[];
  /** What these are only the first rows of; `null` for a table that was made whole. */
  readonly head: HeadOf | null;
}

/** Which rows and columns of a view. */
export interface RowsWanted {
  readonly offset: number;
  readonly limit: number;
  /** Places; `null` for every column. */
  readonly columns: readonly number[] | null;
  /** Characters of a cell; `null` for all. */
  readonly longest: number | null;
}

/** Rows of a view, with the table they are of. */
export interface ViewRows extends TextRows {
  readonly version: string;
  readonly columns: readonly Column[];
  readonly places: readonly number[];
}

/**
 * Tables as people look at them: any rows of any view at once, however large. What was sorted, filtered or asked in
 * SQL is kept for a while, so that scrolling does not do it again.
 */
export interface Tables {
  /** Starts what reads tables, for one that will be looked at soon. */
  expect(): Promise<void>;
  open(table: TableRef, view: TableView, signal: AbortSignal): Promise<OpenTable>;
  rows(table: TableRef, view: TableView, wanted: RowsWanted, signal: AbortSignal): Promise<ViewRows>;
  profile(
    table: TableRef,
    columns: readonly number[],
    scope: ProfileScope,
    signal: AbortSignal,
  ): Promise<{ readonly version: string; readonly allRows: number; readonly columns: readonly ColumnProfile[] }>;
  /** Writes a file of the view's rows; the caller removes it. */
  export(
    table: TableRef,
    view: TableView,
    request: { readonly columns: readonly number[] | null; readonly format: ExportFormat },
    signal: AbortSignal,
  ): Promise<{ readonly file: string; readonly rows: number }>;
  /** Resolves when nothing is prepared in the background. */
  settled(): Promise<void>;
  /** How a node's output differs from the last different one; `null` keys leave the choice to us. */
  difference(node: string, keys: readonly string[] | null, signal: AbortSignal): Promise<DifferenceFacts>;
}
