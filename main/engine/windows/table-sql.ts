import type { AggregationSpec, Measure, TableSpec } from "./spec.ts";
import { literal } from "../duckdb/sql/identifiers.ts";

/** The SELECT that makes one table. `input_0` are the events, `input_1` the spine. */
export interface TableSql {
  /** `null` is the node's main table. */
  readonly name: string | null;
  readonly sql: string;
}

/** What a generator of SQL is given. */
export interface TableRequest {
  readonly spec: AggregationSpec;
  readonly table: TableSpec;
}

/** A condition of a file as a part of a larger one: it may end in a comment. */
export const guarded = (condition: string): string => `(${condition}\n)`;

export const allOf = (conditions: readonly string[]): string => conditions.join(" and ");

/** ` filter (where …)`, or nothing without conditions. */
export const filterOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? "" : ` filter (where ${allOf(conditions)})`;

/** A measure's value out of its one or two aggregates. */
export const valueOf = (measure: Measure, aggregate: string, over: string | null): string => {
  const value = over === null ? aggregate : `${aggregate}::double / nullif(${over}::double, 0)`;
  return withFill(measure, value);
};

/** What a measure is of no rows. */
export const emptyValue = (measure: Measure): string => {
  const value = measure.function.counts && measure.over === null ? "0" : "null";
  return withFill(measure, value);
};

const withFill = ({ fill }: Measure, value: string): string =>
  fill === null ? value : `coalesce(${value}, ${typeof fill === "string" ? literal(fill) : String(fill)})`;

/** Numbers of the first `count` columns, for GROUP BY and ORDER BY. */
export const ordinals = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join(", ");
