const units = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** `1.2 M`: for where there is no room; the exact number belongs in a tooltip or a table. */
export const shortCount = (count: number): string => {
  for (const [size, unit] of units) {
    if (count >= size) return `${(count / size).toLocaleString("en-US", { maximumSignificantDigits: 3 })} ${unit}`;
  }
  return String(count);
};

/** `340 ms`, `1.2 s`, `3 min 5 s`. */
export const shortSeconds = (seconds: number): string => {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
};

/** Every digit, with separators. */
export const exactCount = (count: number): string => count.toLocaleString("en-US");
