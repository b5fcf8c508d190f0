/** A window's length: `30d`, `12h`, `1mo`. */
export interface Duration {
  readonly amount: number;
  readonly unit: "s" | "m" | "h" | "d" | "w" | "mo" | "y";
}

const units = { s: "seconds", m: "minutes", h: "hours", d: "days", w: "days", mo: "months", y: "months" } as const;
const factors: Readonly<Partial<Record<Duration["unit"], number>>> = { w: 7, y: 12 };

/** Reads what the schema accepted. */
export const parseDuration = (text: string): Duration => {
  const match = /^(\d+)\s*(s|m|h|d|w|mo|y)$/.exec(text);
  if (match === null) throw new RangeError(`${text} is no duration`);
  return { amount: Number(match[1]), unit: match[2] as Duration["unit"] };
};

/** As columns are named after it: `30d`. */
export const durationName = ({ amount, unit }: Duration): string => `${amount}${unit}`;

/** Months and years differ in length, so that they need a calendar; everything else is a number of seconds. */
export const isCalendar = ({ unit }: Duration): boolean => unit === "mo" || unit === "y";

/** The length in DuckDB's words, e.g. `30 days` or `12 months`. */
export const intervalText = ({ amount, unit }: Duration): string => `${amount * (factors[unit] ?? 1)} ${units[unit]}`;

/** An interval `k` times as long, `k` being an SQL expression. */
export const timesInterval = ({ amount, unit }: Duration, k: string): string =>
  `to_${units[unit]}((${k}) * ${amount * (factors[unit] ?? 1)})`;

/** The unit that `date_diff` counts it in, and how many of them it is. */
export const diffUnit = ({ amount, unit }: Duration): { readonly part: string; readonly count: number } => ({
  part: units[unit].slice(0, -1),
  count: amount * (factors[unit] ?? 1),
});
