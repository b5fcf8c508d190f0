// Pieces of SQL that several checks share.

import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import type { RowProbe } from "./check.ts";

/** In brackets that a trailing comment cannot swallow. */
export const bracketed = (expression: string): string =>
  expression.includes("--") ? `(${expression}\n)` : `(${expression})`;

/** Numbers as they are, so that text is never compared with them by its letters. */
export const boundLiteral = (value: number | string): string =>
  typeof value === "number" ? String(value) : literal(value);

/** The columns of a check that is given one or several. */
export const columnsOf = (spec: {
  readonly column?: string | undefined;
  readonly columns?: readonly string[] | undefined;
}): readonly string[] => spec.columns ?? (spec.column === undefined ? [] : [spec.column]);

/** A row check made of one condition a column: a row violates it when any of its columns does. */
export const eachColumn = (columns: readonly string[], bad: (column: string) => string): RowProbe => ({
  kind: "rows",
  columns,
  bad: columns.map((column) => bad(quoted(column))).join(" or "),
  isNull: anyNull(columns),
  lookup: null,
  nullsOf: only(columns),
});

/** The column of a list that holds no other. */
export const only = (columns: readonly string[]): string | undefined => (columns.length === 1 ? columns[0] : undefined);

export const anyNull = (columns: readonly string[]): string =>
  columns.map((column) => `${quoted(column)} is null`).join(" or ");

export const noneNull = (columns: readonly string[]): string =>
  columns.map((column) => `${quoted(column)} is not null`).join(" and ");

/** `between 0 and 10`, `at least 0`, `at most 10`. */
export const boundsText = (min: number | string | undefined, max: number | string | undefined): string => {
  if (min !== undefined && max !== undefined) return `between ${min} and ${max}`;
  return min === undefined ? `at most ${max}` : `at least ${min}`;
};

/** True where a value is outside; NULL where the value is. */
export const outside = (value: string, min: number | string | undefined, max: number | string | undefined): string =>
  [
    ...(min === undefined ? [] : [`${value} < ${boundLiteral(min)}`]),
    ...(max === undefined ? [] : [`${value} > ${boundLiteral(max)}`]),
  ].join(" or ");

/** Whether a figure is within its bounds. */
export const isWithin = (
  value: number,
  { min, max }: { min?: number | undefined; max?: number | undefined },
): boolean => (min === undefined || value >= min) && (max === undefined || value <= max);
