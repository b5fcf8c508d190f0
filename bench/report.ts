/** One line of a bench: what was measured, beside what, and the target it is held against. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "×" | "s CPU" | "s" | "ms" | "MB" | "kB" | "clicks" | "actions" | "processes";
  readonly target: number | null;
  /** The absolute figures behind a ratio. */
  readonly detail: string;
}

const shown = (value: number): string => value.toFixed(value < 10 ? 2 : 1);

/** Prints figures as a table; says which targets are met, and never fails for a slow machine. */
export const printFigures = (title: string, figures: readonly Figure[]): void => {
  process.stdout.write(`\n${title}\n`);
  for (const { name, value, unit, target, detail } of figures) {
    const verdict =
      target === null ? "" : value <= target ? `  (target ≤ ${target}: met)` : `  (target ≤ ${target}: missed)`;
    process.stdout.write(`  ${name.padEnd(58)} ${shown(value).padStart(7)} ${unit}${verdict}\n`);
    if (detail !== "") process.stdout.write(`  ${"".padEnd(58)} ${detail}\n`);
  }
};
