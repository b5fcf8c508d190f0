type Unit =
  | "×"
  | "s CPU"
  | "s"
  | "ms"
  | "MB"
  | "kB"
  | "clicks"
  | "keys"
  | "actions"
  | "processes"
  | "rows"
  | "points"
  | "lines"
  | "files"
  | "values"
  | "modals"
  | "violations";

/** One line of a bench: what was measured, beside what, and the target it is held against. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly target: number | null;
  /** The value has to be at least the target, rather than at most. */
  readonly isFloor?: boolean;
  /** The absolute figures behind a ratio. */
  readonly detail: string;
}

const shown = (value: number): string => {
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  return value.toFixed(value < 10 ? 2 : 1);
};

/** Prints figures as a table; says which targets are met, and never fails for a slow machine. */
export const printFigures = (title: string, figures: readonly Figure[]): void => {
  process.stdout.write(`\n${title}\n`);
  for (const { name, value, unit, target, isFloor = false, detail } of figures) {
    const isMet = target === null || (isFloor ? value >= target : value <= target);
    const verdict = target === null ? "" : `  (target ${isFloor ? "≥" : "≤"} ${target}: ${isMet ? "met" : "missed"})`;
    process.stdout.write(`  ${name.padEnd(58)} ${shown(value).padStart(7)} ${unit}${verdict}\n`);
    if (detail !== "") process.stdout.write(`  ${"".padEnd(58)} ${detail}\n`);
  }
};
