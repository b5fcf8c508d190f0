import { InvalidArgumentError } from "commander";

/** `a,b` or the option given twice: both make a list. */
export const list = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  ...value.split(/[\s,]+/).filter((part) => part !== ""),
];

/** The option given several times, each value as it is. */
export const every = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

const wholeNumber = (least: number, most: number) => (value: string) => {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  }
  return number;
};

export const workers = wholeNumber(1, 256);
export const attempts = wholeNumber(1, 20);
export const rowCount = wholeNumber(0, 1_000_000);
export const offset = wholeNumber(0, Number.MAX_SAFE_INTEGER);
export const portNumber = wholeNumber(0, 65_535);

const secondsPerUnit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds, or text such as `30s`, `5m`, `2h`. */
export function duration(value: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(value);
  const seconds = Number(match?.[1]) * (secondsPerUnit[match?.[2] ?? "s"] ?? 1);
  if (match === null || !(seconds > 0)) throw new InvalidArgumentError("It must look like 30s, 5m or 2h.");
  return seconds;
}

const isRealDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

/** A calendar day, `2024-01-31`. */
export function day(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || !isRealDay(value)) {
    throw new InvalidArgumentError("It must be a day such as 2024-01-31.");
  }
  return value;
}

/** A day, or a moment such as `2024-01-31T12:00:00Z`. */
export function moment(value: string): string {
  const shape = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
  if (!shape.test(value) || !isRealDay(value.slice(0, 10)) || Number.isNaN(new Date(value).getTime())) {
    throw new InvalidArgumentError("It must be a day such as 2024-01-31 or a moment such as 2024-01-31T12:00:00Z.");
  }
  return value;
}

const safeRunId = /^[A-Za-z0-9_-]{1,80}$/;

/** The name a run's journal gets: a plain file name on every system. */
export function runId(value: string): string {
  if (!safeRunId.test(value)) throw new InvalidArgumentError("It may have letters, digits, - and _, at most 80.");
  return value;
}
