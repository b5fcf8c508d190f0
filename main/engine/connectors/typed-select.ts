// One SELECT that turns columns of text into typed columns, or stops at the first value that would lose something.

import { quoted } from "../duckdb/sql/identifiers.ts";
import { strictCast, type StrictCast, type TextFormats } from "./strict-cast.ts";

export interface TextColumn {
  readonly name: string;
  /** SQL over the relation that gives the text. */
  readonly text: string;
  /** DuckDB's spelling. */
  readonly type: string;
  /** Empty text is NULL; never for VARCHAR. */
  readonly emptyIsNull: boolean;
  /** Replaces the cast by type (nested types, a server's own spelling). */
  readonly cast?: StrictCast | undefined;
}

const tag = "headrace_value_wrong_in_column_";

interface Prepared {
  readonly text: string;
  readonly value: string;
  readonly inner: readonly string[];
  readonly wrong: string;
}

const prepare = (column: TextColumn, index: number, formats: TextFormats): Prepared => {
  const cast = column.cast ?? strictCast(column.type, formats);
  const text = `t${index}`;
  const given = column.emptyIsNull && column.type !== "VARCHAR" ? `nullif(${column.text}, '')` : column.text;
  if (column.type === "VARCHAR" && column.cast === undefined) {
    return { text, value: text, inner: [`${given} as ${text}`], wrong: "false" };
  }
  const value = `v${index}`;
  return {
    text,
    value,
    inner: [`${given} as ${text}`, `${cast.value(given)} as ${value}`],
    wrong: `${text} is not null and not coalesce(${cast.valid(text, value)}, false)`,
  };
};

const prepareAll = (columns: readonly TextColumn[], formats: TextFormats): readonly Prepared[] =>
  columns.map((column, index) => prepare(column, index, formats));

/** The typed relation; reading it fails with `wrongColumn`'s message at the first wrong value. */
export const typedSelect = (columns: readonly TextColumn[], relation: string, formats: TextFormats): string => {
  const prepared = prepareAll(columns, formats);
  const outer = prepared.map(({ value, wrong }, i) => {
    const name = quoted(columns[i]!.name);
    return wrong === "false"
      ? `${value} as ${name}`
      : `case when ${wrong} then error('${tag}${i};') else ${value} end as ${name}`;
  });
  return `select ${outer.join(", ")} from (select ${prepared.flatMap(({ inner }) => inner).join(", ")} from ${relation})`;
};

/** Whether an error of DuckDB is that of `typedSelect`. */
export const isWrongValue = (message: string): boolean => message.includes(tag);

/**
 * Finds the first wrong value: one row of its row number (from 1), its column's index and its text, or no row.
 * `relation` must give its rows in the order of the file.
 */
export const wrongValueQuery = (columns: readonly TextColumn[], relation: string, formats: TextFormats): string => {
  const prepared = prepareAll(columns, formats);
  const checks = prepared.map(({ wrong, text }, i) => ({ wrong, text, i })).filter(({ wrong }) => wrong !== "false");
  if (checks.length === 0) return "select 0 as n, 0 as i, '' as t where false";
  const index = checks.map(({ wrong, i }) => `when ${wrong} then ${i}`).join(" ");
  const shown = checks.map(({ text, i }) => `when ${i} then cast(${text} as varchar)`).join(" ");
  return (
    `select n, i, left(case i ${shown} end, 200) as t from (select n, case ${index} end as i, * from ` +
    `(select row_number() over () as n, ${prepared.flatMap(({ inner }) => inner).join(", ")} from ${relation})) ` +
    `where i is not null order by n limit 1`
  );
};
