// Types of text columns, found from every value: the narrowest that loses nothing. Numbers with leading zeros and
// dates in other forms than ISO 8601 stay text, since a guess would change them.

import { literal, quoted } from "../duckdb/sql/identifiers.ts";

/** What values were met, one bit each. */
const met = {
  integer: 1,
  longInteger: 2,
  hugeInteger: 4,
  number: 8,
  exactNumber: 16,
  boolean: 32,
  date: 64,
  timestamp: 128,
  timestampWithZone: 256,
  time: 512,
  text: 1024,
  exponent: 2048,
} as const;

const full = (text: string, pattern: string) => `regexp_full_match(${text}, ${literal(pattern)})`;
const dateAndTime = String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?`;

/** The bit of one text; a chain, so that the usual cases are cheap. */
const classOf = (text: string): string => {
  const cases: readonly (readonly [string, number])[] = [
    [`cast(try_cast(${text} as integer) as varchar) = ${text}`, met.integer],
    [full(text, String.raw`-?(0|[1-9][0-9]{0,14})`), met.integer],
    [`cast(try_cast(${text} as bigint) as varchar) = ${text}`, met.longInteger],
    [full(text, String.raw`-?[1-9][0-9]{0,37}`), met.hugeInteger],
    [full(text, String.raw`-?(0|[1-9][0-9]*)\.[0-9]+`), 0],
    [
      `${full(text, String.raw`[+-]?[0-9]+(\.[0-9]*)?[eE][+-]?[0-9]+`)} and isfinite(try_cast(${text} as double))`,
      met.exponent,
    ],
    [`lower(${text}) in ('true', 'false')`, met.boolean],
    [`cast(try_cast(${text} as date) as varchar) = ${text} and ${full(text, "[0-9-]+")}`, met.date],
    [`${full(text, dateAndTime)} and try_cast(${text} as timestamp) is not null`, met.timestamp],
    [
      `${full(text, String.raw`${dateAndTime}\s?([zZ]|[+-][0-9]{2}(:?[0-9]{2})?)`)} and try_cast(${text} as timestamptz) is not null`,
      met.timestampWithZone,
    ],
    [
      `${full(text, String.raw`[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?`)} and try_cast(${text} as time) is not null`,
      met.time,
    ],
  ];
  const lossless = `length(regexp_replace(ltrim(${text}, '-0.'), '[^0-9]', '', 'g')) <= 15 or cast(try_cast(${text} as double) as varchar) = ${text}`;
  const whens = cases.map(([condition, bit]) =>
    bit === 0
      ? `when ${condition} then case when ${lossless} then ${met.number} else ${met.exactNumber} end`
      : `when ${condition} then ${bit}`,
  );
  return `case when ${text} is null then 0 ${whens.join(" ")} else ${met.text} end`;
};

/**
 * One row a column, in order: the bits met, the most digits before and behind the point, and how many values.
 * Texts are SQL expressions over `relation`.
 */
export const inferenceQuery = (texts: readonly string[], relation: string): string => {
  const named = texts.map((text, i) => `${text} as c${i}`);
  const columns = texts.map((_text, i) => {
    const column = quoted(`c${i}`);
    const digits = `case when contains(${column}, '.') then`;
    return [
      `coalesce(bit_or(${classOf(column)}), 0) as b${i}`,
      `coalesce(max(${digits} position('.' in ltrim(${column}, '-')) - 1 else length(ltrim(${column}, '-')) end), 0) as w${i}`,
      `coalesce(max(${digits} length(${column}) - position('.' in ${column}) else 0 end), 0) as s${i}`,
    ].join(", ");
  });
  return `select ${columns.join(", ")} from (select ${named.join(", ")} from ${relation})`;
};

const decimalFor = (before: number, behind: number): string =>
  before + behind <= 38 ? `DECIMAL(38,${behind})` : "VARCHAR";

/** The type for what was met in one column. */
const typeFor = (bits: number, before: number, behind: number): string => {
  const only = (...names: (keyof typeof met)[]) =>
    bits !== 0 && (bits & ~names.reduce((sum, name) => sum | met[name], 0)) === 0;
  if (bits === 0) return "VARCHAR";
  if (only("integer", "longInteger")) return "BIGINT";
  if (only("integer", "longInteger", "hugeInteger")) return "HUGEINT";
  if (only("integer", "number", "exponent")) return "DOUBLE";
  if (only("integer", "longInteger", "hugeInteger", "number", "exactNumber")) return decimalFor(before, behind);
  if (only("boolean")) return "BOOLEAN";
  if (only("date")) return "DATE";
  if (only("date", "timestamp")) return "TIMESTAMP";
  if (only("timestampWithZone")) return "TIMESTAMP WITH TIME ZONE";
  return only("time") ? "TIME" : "VARCHAR";
};

/** The types from the one row of `inferenceQuery`. */
export const inferredTypes = (row: readonly (string | null)[]): readonly string[] => {
  const types: string[] = [];
  for (let at = 0; at + 2 < row.length; at += 3) {
    types.push(typeFor(Number(row[at]), Number(row[at + 1]), Number(row[at + 2])));
  }
  return types;
};
