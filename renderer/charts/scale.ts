/** From values to pixels. */
export interface Scale {
  (value: number): number;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** Whether numbers between two others can still be told apart. */
const isWide = (low: number, high: number): boolean =>
  high - low > Math.max(1e-290, Math.abs(low) * 1e-9, Math.abs(high) * 1e-9);

/** Round numbers that divide a range into about `count` steps. */
export const roundTicks = (low: number, high: number, count: number): readonly number[] => {
  if (!isWide(low, high)) return Number.isFinite(low) ? [low] : [];
  const rough = (high - low) / Math.max(1, count);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_value, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
};

const widened = ([low, high]: readonly [number, number]): readonly [number, number] => {
  const margin = Math.max(0.5, Math.abs(low) * 1e-3);
  return [low - margin, high + margin];
};

/** A straight scale from values to pixels. A range without width is given one. */
export const linearScale = (
  values: readonly [number, number],
  pixels: readonly [number, number],
  count: number,
): Scale => {
  const [low, high] = isWide(...values) ? values : widened(values);
  const [start, end] = pixels;
  const scale = (value: number): number => start + ((value - low) / (high - low)) * (end - start);
  return Object.assign(scale, { from: low, to: high, ticks: roundTicks(low, high, count) });
};

/** Least and greatest of the finite values; `null` when there is none. */
export const extent = (values: Iterable<number>): readonly [number, number] | null => {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
};

/** A number for an axis: `1.2M`, `0.05`, `3e-9`. */
export const axisNumber = (value: number): string => {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(1);
  return new Intl.NumberFormat("en-US", {
    notation: size >= 10_000 ? "compact" : "standard",
    maximumSignificantDigits: 4,
  }).format(value);
};
