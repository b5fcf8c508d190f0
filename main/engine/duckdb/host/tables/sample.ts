/** Rows of a sample: enough for shares and shapes, few enough to be read at once. */
export const sampleRows = 100_000;
const stretches = 40;

/** Which rows a sample of a table has: stretches spread over all of it, as what is alike often lies together. */
const sampleRanges = (rows: number): readonly (readonly [from: number, before: number])[] => {
  if (rows <= sampleRows) return [[0, rows]];
  const length = sampleRows / stretches;
  const step = (rows - length) / (stretches - 1);
  return Array.from({ length: stretches }, (_value, at) => {
    const from = Math.floor(at * step);
    return [from, from + length] as const;
  });
};

/** The same as a condition on row numbers; empty for every row. */
export const sampleCondition =
  (rows: number) =>
  (n: string): string =>
    rows <= sampleRows
      ? ""
      : sampleRanges(rows)
          .map(([from, before]) => `(${n} >= ${from} and ${n} < ${before})`)
          .join(" or ");
