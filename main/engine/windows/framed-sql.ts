// Many application dates at once: RANGE frames over each entity's events in the order in which they happened.

import { quoted } from "../duckdb/sql/identifiers.ts";
import { boundsOf } from "./bounds.ts";
import { Clock } from "./clock.ts";
import { callOn } from "./functions.ts";
import type { Measure, Span } from "./spec.ts";
import { emptyValue, filterOf, guarded, type TableRequest, valueOf } from "./table-sql.ts";

const tick = "1 microsecond";

/** Names of our own beside the columns of a table; no file writes such a name. */
export const own = {
  time: quoted("__t"),
  row: quoted("__row"),
  isEvent: quoted("__event"),
  value: (index: number): string => quoted(`__v${index}`),
  filter: (index: number): string => quoted(`__f${index}`),
  measure: (index: number): string => quoted(`__m${index}`),
} as const;

/** Everything that windows are computed from, besides where the rows come from. */
export interface Frames {
  /** What the measures read, for the SELECT that reads the events. */
  readonly inputs: readonly string[];
  /** The columns of `inputs`. */
  readonly inputNames: readonly string[];
  /** The measures, over the windows, each named `__m0`, `__m1`, … */
  readonly outputs: readonly string[];
  /** ` window w0 as (…), …`, or nothing. */
  readonly windows: string;
}

/** `partition` are the entity's columns, `events` what tells events from other rows (none: all are events). */
export const framesOf = (
  { spec, table: { measures } }: TableRequest,
  partition: readonly string[],
  events: readonly string[],
): Frames => {
  const clock = new Clock(spec.zone, spec.time ?? "");
  const values = new Map<string, string>();
  const filters = new Map<string, string>();
  const windows = new Map<string, string>();
  const nameIn = (map: Map<string, string>, key: string, make: (index: number) => string): string => {
    const name = map.get(key) ?? make(map.size);
    map.set(key, name);
    return name;
  };
  const windowOf = (span: Span): string => {
    const by = partition.length === 0 ? "" : `partition by ${partition.join(", ")} `;
    const frame = frameOf(span, clock, spec.includeCurrent);
    return nameIn(windows, `${by}order by ${own.time} range between ${frame}`, (index) => `w${index}`);
  };
  const aggregate = (measure: Measure, span: Span): string => {
    const { column, filter } = measure;
    const value = column === null ? null : nameIn(values, column, (index) => own.value(index));
    const kept = filter === null ? [] : [nameIn(filters, filter, (index) => own.filter(index))];
    const call = value === null ? "count(*)" : callOn(measure.function, unquoted(value), own.time);
    return `${call}${filterOf([...events, ...kept])} over ${windowOf(span)}`;
  };
  const outputs = measures.map((measure, index) => {
    const over = measure.over === null ? null : aggregate(measure, measure.over);
    const value = valueOf(measure, aggregate(measure, measure.span), over);
    // A row without a place in time sees nothing.
    return `case when ${own.time} is null then ${emptyValue(measure)} else ${value} end as ${own.measure(index)}`;
  });
  const inputs = [
    ...[...values].map(([column, name]) => `${quoted(column)} as ${name}`),
    ...[...filters].map(([filter, name]) => `coalesce(${guarded(filter)}, false) as ${name}`),
  ];
  const list = [...windows].map(([definition, name]) => `${name} as (${definition})`);
  return {
    inputs,
    inputNames: [...values.values(), ...filters.values()],
    outputs,
    windows: list.length === 0 ? "" : `\nwindow ${list.join(",\n  ")}`,
  };
};

const unquoted = (name: string): string => name.slice(1, -1);

/** Times are whole microseconds: what lies after a bound begins one later. */
const frameOf = (span: Span, clock: Clock, includeCurrent: boolean): string => {
  const { after, upTo, length } = boundsOf(span, own.time, clock);
  return `${frameStart(after, length)} preceding and ${frameEnd(upTo, includeCurrent)}`;
};

const frameStart = (after: string | null, length: string | null): string => {
  if (after === null) return "unbounded";
  return length === null
    ? zeroWhenNull(`(${own.time} - (${after})) - interval '${tick}'`)
    : `interval '${length} -${tick}'`;
};

const frameEnd = (upTo: string | null, includeCurrent: boolean): string => {
  if (upTo !== null) return `${zeroWhenNull(`${own.time} - (${upTo})`)} preceding`;
  return includeCurrent ? "current row" : `interval '${tick}' preceding`;
};

/** A frame's bound must be known even for rows whose time is not. */
const zeroWhenNull = (interval: string): string => `coalesce(${interval}, interval '0 seconds')`;

/** The measures under their own names. */
export const namedMeasures = (measures: readonly Measure[]): readonly string[] =>
  measures.map(({ name }, index) => `${own.measure(index)} as ${quoted(name)}`);

/** A time column on the steady clock; times that never come are no times. */
export const placedTime = (clock: Clock, column: string): string =>
  `case when isfinite(${column}) then ${clock.steady(column)} end`;
