import { quoted } from "../duckdb/sql/identifiers.ts";

/** What a function can be given. `quantity`: numbers, and times, whose middle has a meaning too. */
export type Takes = "anything" | "number" | "quantity";

/** An aggregate function; every one ignores NULLs, and none depends on the order in which rows come. */
export interface AggregateFunction {
  /** As the file writes it. */
  readonly name: string;
  readonly takes: Takes;
  /** Of no rows it is 0 and not NULL. */
  readonly counts: boolean;
  /** Depends on when rows happened. */
  readonly ordered: boolean;
  /** The call; FILTER and OVER are added behind it. */
  readonly call: (value: string, time: string) => string;
}

type Builder = Omit<AggregateFunction, "name">;

const of = (takes: Takes, call: Builder["call"]): Builder => ({ takes, call, counts: false, ordered: false });
const simple = (takes: Takes, name: string): Builder => of(takes, (value) => `${name}(${value})`);
const counting = (call: Builder["call"]): Builder => ({ takes: "anything", call, counts: true, ordered: false });
const ordered = (call: Builder["call"]): Builder => ({ takes: "anything", call, counts: false, ordered: true });
const quantile = (share: number): Builder => of("quantity", (value) => `quantile_cont(${value}, ${share})`);

// Rows of one time are told apart by their values, so that the answer is the same on every run.
const newest = ordered((value, time) => `arg_max(${value}, {'t': ${time}, 'v': ${value}})`);
const oldest = ordered((value, time) => `arg_min(${value}, {'t': ${time}, 'v': ${value}})`);
const mostFrequent = of("anything", (value) => `mode(${value} order by ${value})`);
const distinct = counting((value) => `count(distinct ${value})`);

const builders: Readonly<Record<string, Builder>> = {
  count: counting((value) => `count(${value})`),
  count_distinct: distinct,
  nunique: distinct,
  sum: simple("number", "sum"),
  sum_distinct: of("number", (value) => `sum(distinct ${value})`),
  avg: simple("number", "avg"),
  mean: simple("number", "avg"),
  min: simple("anything", "min"),
  max: simple("anything", "max"),
  stddev: simple("number", "stddev_samp"),
  std: simple("number", "stddev_samp"),
  stddev_pop: simple("number", "stddev_pop"),
  variance: simple("number", "var_samp"),
  var: simple("number", "var_samp"),
  var_pop: simple("number", "var_pop"),
  median: quantile(0.5),
  first: oldest,
  first_value: oldest,
  last: newest,
  last_value: newest,
  mode: mostFrequent,
  most_frequent: mostFrequent,
};

/** For messages. */
export const functionNames: readonly string[] = [...Object.keys(builders), "p50", "p95", "p99", "…"];

/** The share of `p95`, `percentile_95`, `quantile_0.95`; `null` for other names. */
const shareOf = (name: string): number | null => {
  const percent = /^(?:p|percentile_)(\d{1,3}(?:[._]\d{1,4})?)$/.exec(name)?.[1];
  const share = /^quantile_([01](?:[._]\d{1,6})?)$/.exec(name)?.[1];
  const read = (digits: string): number => Number(digits.replace("_", "."));
  if (percent !== undefined) return read(percent) <= 100 ? Number((read(percent) / 100).toFixed(6)) : null;
  if (share !== undefined) return read(share) <= 1 ? read(share) : null;
  return null;
};

/** The function of a name in any case, or `null`. */
export const findFunction = (written: string): AggregateFunction | null => {
  const name = written.trim().toLowerCase();
  const share = shareOf(name);
  const builder = share === null ? (Object.hasOwn(builders, name) ? builders[name] : undefined) : quantile(share);
  return builder === undefined ? null : { ...builder, name: written.trim() };
};

/** The call on a column, or on rows where there is none. */
export const callOn = (fn: AggregateFunction, column: string | null, time: string): string =>
  column === null ? "count(*)" : fn.call(quoted(column), time);
