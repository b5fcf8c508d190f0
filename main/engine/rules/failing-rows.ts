// The second pass, made only when the scan found violations: the rows, with the ids of the checks they broke.

import type { Column } from "../../../shared/graph/index.ts";
import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import type { Check, Lookup, RowProbe, UniqueProbe } from "./check.ts";
import { bracketed, noneNull } from "./conditions.ts";
import { checkedTable, violation, type ProbedCheck } from "./scan.ts";

const keysOf = (at: number, columns: readonly string[]): readonly string[] =>
  columns.map((_, index) => `_headrace_double_${at}_${index}`);

/** Keys that more than one row has. */
const doubles = ({ where }: Check, { columns }: UniqueProbe, at: number): Lookup => {
  const keys = keysOf(at, columns);
  const list = columns.map((column, index) => `${quoted(column)} as ${keys[index]}`).join(", ");
  const filtered = where === null ? noneNull(columns) : `${bracketed(where)} and ${noneNull(columns)}`;
  return { sql: `select ${list} from input_0 where ${filtered} group by all having count(*) > 1`, keys, columns };
};

/** A unique check as a check of rows: a row violates it when its key is among the doubles. */
const asRowProbe = (check: Check, probe: UniqueProbe, at: number): RowProbe => {
  const lookup = doubles(check, probe, at);
  const isNull = probe.columns.map((column) => `${quoted(column)} is null`).join(" or ");
  return { kind: "rows", columns: probe.columns, bad: `${lookup.keys[0]} is not null`, isNull, lookup };
};

/** How many rows share their key with another, for each unique check that has such rows. */
export const doubledRowsSql = (checks: readonly { readonly check: Check; readonly probe: UniqueProbe }[]): string =>
  `select ${checks
    .map(({ check, probe }) => {
      const filtered = check.where === null ? "true" : bracketed(check.where);
      const keys = probe.columns.map(quoted).join(", ");
      const groups = `select count(*) as n from input_0 where ${filtered} and ${noneNull(probe.columns)} group by ${keys}`;
      return `(select coalesce(sum(n), 0) from (${groups}) where n > 1)`;
    })
    .join(", ")}`;

/** `failed_rules`, or the next such name that the table does not have. */
export const failedRulesColumn = (columns: readonly Column[]): string => {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  for (let number = 0; ; number++) {
    const name = number === 0 ? "failed_rules" : `failed_rules_${number}`;
    if (!taken.has(name)) return name;
  }
};

interface RowCheck {
  readonly check: Check;
  readonly probe: RowProbe;
}

const rowChecks = (probed: readonly ProbedCheck[]): readonly RowCheck[] =>
  probed.flatMap(({ check, probe }, at) => {
    if (probe.kind === "rows") return [{ check, probe }];
    return probe.kind === "unique" ? [{ check, probe: asRowProbe(check, probe, at) }] : [];
  });

/** Every row with the ids of the checks it broke. */
const markedRows = (checks: readonly RowCheck[], column: string): string => {
  const ids = checks.map(({ check, probe }) => `case when ${violation(check, probe)} then ${literal(check.id)} end`);
  const lookups = checks.flatMap(({ probe }) => probe.lookup ?? []);
  const broken = `list_filter([${ids.join(", ")}]::varchar[], lambda id: id is not null)`;
  return `select t.*, ${broken} as ${quoted(column)}\n${checkedTable(lookups)}`;
};

/** The rows that broke any of the checks; without row checks a table of the same columns and no rows. */
export const failingRowsSql = (probed: readonly ProbedCheck[], column: string): string => {
  const checks = rowChecks(probed);
  if (checks.length === 0) return `select t.*, []::varchar[] as ${quoted(column)} from input_0 as t where false`;
  return `select * from (\n${markedRows(checks, column)}\n) where len(${quoted(column)}) > 0`;
};

/** The rows that broke none of the checks. */
export const passedRowsSql = (probed: readonly ProbedCheck[], column: string): string => {
  const checks = rowChecks(probed);
  if (checks.length === 0) return "select * from input_0";
  return `select * exclude (${quoted(column)}) from (\n${markedRows(checks, column)}\n) where len(${quoted(column)}) = 0`;
};
