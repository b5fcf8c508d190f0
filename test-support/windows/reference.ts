// What windows mean, slowly and obviously: every definition spelled out over arrays, without any SQL.

/** A row of events. Times are microseconds since 1970, on the clock of `ReferenceClock`. */
export interface ReferenceEvent {
  readonly id: string | null;
  readonly kind: string | null;
  readonly time: bigint | null;
  readonly value: number | null;
  readonly label: string | null;
}

export type ReferenceSpan =
  | { readonly kind: "all" }
  | { readonly kind: "window"; readonly amount: number; readonly unit: "s" | "m" | "h" | "d" | "w" | "mo" | "y" }
  | { readonly kind: "days"; readonly lower: number; readonly upper: number };

const day = 86_400_000_000n;
const unitLength = { s: 1_000_000n, m: 60_000_000n, h: 3_600_000_000n, d: day, w: 7n * day } as const;

/** A calendar: from instants to wall clock and back. Both are microseconds, the wall clock's as if it were UTC. */
export interface ReferenceClock {
  toWall(time: bigint): bigint;
  fromWall(wall: bigint): bigint;
}

export const plainClock: ReferenceClock = { toWall: (time) => time, fromWall: (wall) => wall };

export const zoneClock = (zone: string): ReferenceClock => {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsetAt = (time: bigint): bigint => {
    const seconds = floorDivide(time, 1_000_000n);
    const parts = Object.fromEntries(
      format.formatToParts(new Date(Number(seconds) * 1000)).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts;
    return BigInt(Date.UTC(year, month - 1, date, hour, minute, second)) * 1000n - seconds * 1_000_000n;
  };
  const toWall = (time: bigint): bigint => time + offsetAt(time);
  return {
    toWall,
    fromWall: (wall) => {
      // A wall time that comes twice is the later one; one that never comes is read with the offset before the gap.
      const [before, after] = [offsetAt(wall - day), offsetAt(wall + day)];
      return toWall(wall - after) === wall ? wall - after : wall - before;
    },
  };
};

const floorDivide = (a: bigint, b: bigint): bigint => (a < 0n && a % b !== 0n ? a / b - 1n : a / b);
const dayNumber = (wall: bigint): bigint => floorDivide(wall, day);

const minusMonths = (wall: bigint, months: number): bigint => {
  const date = new Date(Number(dayNumber(wall)) * 86_400_000);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date.getUTCDate(), last));
  return BigInt(first.getTime()) * 1000n + (wall - dayNumber(wall) * day);
};

/** Whether an event at `time` belongs to a span seen from `t`. */
export const belongs = (
  span: ReferenceSpan,
  time: bigint,
  t: bigint,
  options: { readonly clock: ReferenceClock; readonly includeCurrent: boolean; readonly wholeDay?: boolean },
): boolean => {
  const { clock, includeCurrent, wholeDay = false } = options;
  const age = dayNumber(clock.toWall(t)) - dayNumber(clock.toWall(time));
  const seesDay = wholeDay && includeCurrent && span.kind !== "window";
  const isSeen = seesDay ? time < t + day : includeCurrent ? time <= t : time < t;
  if (!isSeen) return false;
  if (span.kind === "all") return true;
  if (span.kind === "days") return age >= span.lower && age <= span.upper;
  if (span.unit === "mo" || span.unit === "y") {
    const months = span.amount * (span.unit === "y" ? 12 : 1);
    return time > clock.fromWall(minusMonths(clock.toWall(t), months));
  }
  return time > t - BigInt(span.amount) * unitLength[span.unit];
};

const ordered = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const variance = (values: readonly number[], less: number): number | null => {
  if (values.length <= less) return null;
  const mean = total(values) / values.length;
  return total(values.map((value) => (value - mean) ** 2)) / (values.length - less);
};

const root = (value: number | null): number | null => (value === null ? null : Math.sqrt(value));

const quantile = (values: readonly number[], share: number): number | null => {
  if (values.length === 0) return null;
  const sorted = ordered(values);
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at));
};

type Cell = number | string | null;
type Known = { readonly time: bigint; readonly value: number | string };

const compare = <T extends bigint | number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const byTime = (rows: readonly Known[]): Known[] =>
  rows.toSorted((a, b) => compare(a.time, b.time) || compare(a.value, b.value));

const mostFrequent = (values: readonly (number | string)[]): Cell => {
  const counts = new Map<number | string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first] = [...counts].toSorted(([a, m], [b, n]) => n - m || compare(a, b));
  return first?.[0] ?? null;
};

const orNull = <T>(values: readonly T[], of: () => T | null): T | null => (values.length === 0 ? null : of());

/** Every function, of a column's known values with their times. */
export const referenceFunctions: Readonly<Record<string, (rows: readonly Known[]) => Cell>> = {
  count: (rows) => rows.length,
  count_distinct: (rows) => new Set(rows.map(({ value }) => value)).size,
  nunique: (rows) => new Set(rows.map(({ value }) => value)).size,
  sum: (rows) => orNull(numbers(rows), () => total(numbers(rows))),
  sum_distinct: (rows) => orNull(numbers(rows), () => total([...new Set(numbers(rows))])),
  avg: (rows) => orNull(numbers(rows), () => total(numbers(rows)) / rows.length),
  mean: (rows) => orNull(numbers(rows), () => total(numbers(rows)) / rows.length),
  min: (rows) => rows.map(({ value }) => value).toSorted(compare)[0] ?? null,
  max: (rows) =>
    rows
      .map(({ value }) => value)
      .toSorted(compare)
      .at(-1) ?? null,
  stddev: (rows) => root(variance(numbers(rows), 1)),
  std: (rows) => root(variance(numbers(rows), 1)),
  stddev_pop: (rows) => root(variance(numbers(rows), 0)),
  variance: (rows) => variance(numbers(rows), 1),
  var: (rows) => variance(numbers(rows), 1),
  var_pop: (rows) => variance(numbers(rows), 0),
  median: (rows) => quantile(numbers(rows), 0.5),
  p95: (rows) => quantile(numbers(rows), 0.95),
  percentile_10: (rows) => quantile(numbers(rows), 0.1),
  "quantile_0.25": (rows) => quantile(numbers(rows), 0.25),
  first: (rows) => byTime(rows)[0]?.value ?? null,
  last: (rows) => byTime(rows).at(-1)?.value ?? null,
  first_value: (rows) => byTime(rows)[0]?.value ?? null,
  last_value: (rows) => byTime(rows).at(-1)?.value ?? null,
  mode: (rows) => mostFrequent(rows.map(({ value }) => value)),
  most_frequent: (rows) => mostFrequent(rows.map(({ value }) => value)),
};

const numbers = (rows: readonly Known[]): number[] =>
  rows.flatMap(({ value }) => (typeof value === "number" ? [value] : []));
