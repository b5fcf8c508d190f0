// All row checks and figures of one table as one SELECT of aggregates: the table is read once.

import { quoted } from "../duckdb/sql/identifiers.ts";
import type { Check, FigureProbe, Lookup, Probe, RowProbe, UniqueProbe } from "./check.ts";
import { anyNull, bracketed, noneNull, only } from "./conditions.ts";

export interface ProbedCheck {
  readonly check: Check;
  readonly probe: Probe;
}

/** Which of the scan's columns answer a check. */
export interface ScanColumns {
  /** Rows that were checked. */
  readonly rows: number;
  readonly violations: number | null;
  readonly nulls: number | null;
  readonly figure: number | null;
  /** Of a unique check: rows with a key, and distinct keys. */
  readonly keyed: number | null;
  readonly distinct: number | null;
}

export interface Scan {
  readonly sql: string;
  /** In the order of the checks; `null` for those that are not part of the scan. */
  readonly columns: readonly (ScanColumns | null)[];
}

/** What is known of a table's least and greatest values before its rows are read, by the check's place. */
export interface Known {
  /** Checks that no row violates. */
  readonly proven: ReadonlySet<number>;
  /** Of unique checks of whole numbers: the least and the greatest. */
  readonly spans: ReadonlyMap<number, { readonly least: string; readonly greatest: string }>;
}

const nothingKnown: Known = { proven: new Set(), spans: new Map() };

/** Each aggregate once, however many checks ask for it. */
class Aggregates {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  add(sql: string): number {
    const known = this.#places.get(sql);
    if (known !== undefined) return known;
    this.#places.set(sql, this.list.length);
    return this.list.push(sql) - 1;
  }

  /** Rows for which all conditions are true. */
  count(...conditions: readonly (string | null)[]): number {
    const all = allOf(conditions);
    return this.add(all === "" ? "count(*)" : `count_if(${all})`);
  }

  /** NULLs among all rows: DuckDB knows of many columns that they have none, and does not read those. */
  nulls(column: string): number {
    return this.add(`count(*) - count(${quoted(column)})`);
  }
}

const allOf = (conditions: readonly (string | null)[]): string =>
  conditions.flatMap((condition) => (condition === null ? [] : [bracketed(condition)])).join(" and ");

const filter = (conditions: readonly (string | null)[]): string => {
  const all = allOf(conditions);
  return all === "" ? "" : ` filter (where ${all})`;
};

/** The condition that a row violates a check; NULL and false both say that it does not. */
export const violation = (check: Check, probe: RowProbe): string => {
  const bad = check.nullsFail && probe.isNull !== null ? `${bracketed(probe.bad)} or ${probe.isNull}` : probe.bad;
  return allOf([check.where, bad]);
};

const none = { violations: null, nulls: null, figure: null, keyed: null, distinct: null };

const rowColumns = (aggregates: Aggregates, check: Check, probe: RowProbe, isProven: boolean): ScanColumns => {
  const { where } = check;
  const nullsOf = where === null ? probe.nullsOf : undefined;
  const nulls = (): number =>
    nullsOf === undefined ? aggregates.count(where, probe.isNull) : aggregates.nulls(nullsOf);
  const isNulls = nullsOf !== undefined && probe.isNull === null;
  const violations = (): number => (isNulls ? nulls() : aggregates.add(`count_if(${violation(check, probe)})`));
  return {
    ...none,
    rows: aggregates.count(where),
    violations: isProven ? null : violations(),
    nulls: probe.isNull === null ? null : nulls(),
  };
};

const uniqueColumns = (
  aggregates: Aggregates,
  { where }: Check,
  { columns }: UniqueProbe,
  span: { readonly least: string; readonly greatest: string } | undefined,
): ScanColumns => {
  const names = columns.map(quoted);
  const key = names.length === 1 ? (names[0] ?? "") : `row(${names.join(", ")})`;
  const isKey = names.length === 1 ? null : noneNull(columns);
  const bits = span === undefined ? null : `bit_count(bitstring_agg(${key}, ${span.least}, ${span.greatest}))`;
  const column = where === null ? only(columns) : undefined;
  return {
    ...none,
    rows: aggregates.count(where),
    nulls: column === undefined ? aggregates.count(where, anyNull(columns)) : aggregates.nulls(column),
    keyed: column === undefined ? aggregates.count(where, noneNull(columns)) : aggregates.add(`count(${key})`),
    distinct: aggregates.add(bits ?? `count(distinct ${key})${filter([where, isKey])}`),
  };
};

const figureColumns = (aggregates: Aggregates, { where }: Check, probe: FigureProbe): ScanColumns => {
  const { aggregate, takesFilter } = probe;
  const overFiltered = `(select ${aggregate} from input_0 where ${bracketed(where ?? "true")})`;
  const figure = where === null ? aggregate : takesFilter ? `${aggregate}${filter([where])}` : overFiltered;
  return { ...none, rows: aggregates.count(where), figure: aggregates.add(figure) };
};

const columnsFor = (
  aggregates: Aggregates,
  { check, probe }: ProbedCheck,
  at: number,
  { proven, spans }: Known,
): ScanColumns | null => {
  if (probe.kind === "rows") return rowColumns(aggregates, check, probe, proven.has(at));
  if (probe.kind === "unique") return uniqueColumns(aggregates, check, probe, spans.get(at));
  return probe.kind === "figure" ? figureColumns(aggregates, check, probe) : null;
};

const joinOf = ({ sql, keys, columns }: Lookup, at: number): string => {
  const on = keys.map((key, index) => `t.${quoted(columns[index] ?? "")} = l${at}.${key}`).join(" and ");
  return `\nleft join (${sql}) as l${at} on ${on}`;
};

/** The checked table with every row's look-ups; each finds one row or none. */
export const checkedTable = (lookups: readonly Lookup[]): string =>
  `from input_0 as t${lookups.map((lookup, at) => joinOf(lookup, at)).join("")}`;

/** One SELECT that answers every check it can, or `null` when there is nothing to read. */
export const scanOf = (probed: readonly ProbedCheck[], known: Known = nothingKnown): Scan | null => {
  const aggregates = new Aggregates();
  const columns = probed.map((entry, at) => columnsFor(aggregates, entry, at, known));
  if (aggregates.list.length === 0) return null;
  const lookups = probed.flatMap(({ probe }) => (probe.kind === "rows" && probe.lookup ? [probe.lookup] : []));
  const list = aggregates.list.map((aggregate, at) => `  ${aggregate} as a${at}`).join(",\n");
  return { sql: `select\n${list}\n${checkedTable(lookups)}`, columns };
};
