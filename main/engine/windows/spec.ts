// What an aggregation asks for, whichever way its file spells it.

import type { RunInterval } from "../executors/executor.ts";
import type { AggregateFunction } from "./functions.ts";
import type { Duration } from "./duration.ts";

/** Which of the events up to an application date count: all, those of a window, or those of an age in whole days. */
export type Span =
  | { readonly kind: "all" }
  | { readonly kind: "window"; readonly duration: Duration }
  | { readonly kind: "days"; readonly lower: number; readonly upper: number };

/** One column of a result. */
export interface Measure {
  readonly name: string;
  /** Where it stands in the file, for messages. */
  readonly place: string;
  /** `null` counts rows. */
  readonly column: string | null;
  readonly function: AggregateFunction;
  readonly span: Span;
  /** What it is divided by: the same function over another span. */
  readonly over: Span | null;
  readonly filter: string | null;
  readonly fill: string | number | boolean | null;
}

/** One table of a result: its rows are told apart by the ids, the application date and these columns. */
export interface TableSpec {
  /** `null` is the node's main table. */
  readonly name: string | null;
  readonly groupBy: readonly string[];
  readonly measures: readonly Measure[];
}

/** A point in time as a file writes it. */
export interface Moment {
  /** `2024-06-30` or `2024-06-30 12:00:00`, without offset unless `hasOffset`. */
  readonly text: string;
  readonly isDate: boolean;
  readonly hasOffset: boolean;
  /** The run's own: bound as `$date`, `$start` or `$end`, so that the SQL is the same on every date. */
  readonly parameter: keyof RunInterval | null;
}

/**
 * How rows and application dates meet.
 * `rows`: each row carries the application date it is looked at from.
 */
export type Looking =
  | { readonly mode: "none" }
  | { readonly mode: "rows"; readonly application: string }
  | { readonly mode: "as_of"; readonly at: Moment; readonly column: string }
  | { readonly mode: "per_event" }
  | { readonly mode: "spine"; readonly time: string }
  | {
      readonly mode: "grid";
      readonly every: Duration;
      readonly start: Moment | null;
      readonly end: Moment;
      readonly column: string;
    }
  | { readonly mode: "tumbling"; readonly every: Duration };

export interface AggregationSpec {
  readonly ids: readonly string[];
  /** When a row happened; `null` where nothing looks at time. */
  readonly time: string | null;
  readonly looking: Looking;
  /** An IANA name; `UTC` unless the file says otherwise. */
  readonly zone: string;
  readonly includeCurrent: boolean;
  readonly tables: readonly TableSpec[];
}
