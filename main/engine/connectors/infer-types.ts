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
const clock = String.raw`[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?`;
const dateAndTime = String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?`;

const chain = (cases: readonly (readonly [condition: string, result: string | number])[], otherwise: string | number) =>
  `case ${cases.map(([condition, result]) => `when ${condition} then ${result}`).join(" ")} else ${otherwise} end`;

const temporal = (text: string): string =>
  chain(
    [
      [`cast(try_cast(${text} as date) as varchar) = ${text} and ${full(text, "[0-9-]+")}`, met.date],
      [`${full(text, dateAndTime)} and try_cast(${text} as timestamp) is not null`, met.timestamp],
      [
        `${full(text, String.raw`${dateAndTime}\s?([zZ]|[+-][0-9]{2}(:?[0-9]{2})?)`)} and try_cast(${text} as timestamptz) is not null`,
        met.timestampWithZone,
      ],
      [`${full(text, clock)} and try_cast(${text} as time) is not null`, met.time],
    ],
    met.text,
  );

/** Fifteen digits survive a DOUBLE; more do when the double is written the same way. */
const decimals = (text: string): string => {
  const digits = `length(regexp_replace(ltrim(${text}, '-0.'), '[^0-9]', '', 'g'))`;
  const lossless = `length(${text}) <= 15 or cast(try_cast(${text} as double) as varchar) = ${text} or ${digits} <= 15`;
  return chain(
    [
      [full(text, String.raw`-?(0|[1-9][0-9]*)\.[0-9]+`), chain([[lossless, met.number]], met.exactNumber)],
      [
        `${full(text, String.raw`[+-]?[0-9]+(\.[0-9]*)?[eE][+-]?[0-9]+`)} and isfinite(try_cast(${text} as double))`,
        met.exponent,
      ],
    ],
    met.text,
  );
};

const integers = (text: string): string =>
  chain(
    [
      [full(text, String.raw`-?(0|[1-9][0-9]{0,14})`), met.integer],
      [`cast(try_cast(${text} as bigint) as varchar) = ${text}`, met.longInteger],
      [full(text, String.raw`-?[1-9][0-9]{0,37}`), met.hugeInteger],
    ],
    met.text,
  );

/** The bit of one text. Cheap looks first: patterns cost the most. */
const classOf = (text: string): string =>
  chain(
    [
      [`${text} is null`, 0],
      [`cast(try_cast(${text} as integer) as varchar) = ${text}`, met.integer],
      [`${text} > ':'`, chain([[`lower(${text}) in ('true', 'false')`, met.boolean]], met.text)],
      [`contains(${text}, ':') or substr(${text}, 5, 1) = '-'`, temporal(text)],
      [`contains(${text}, '.') or contains(lower(${text}), 'e')`, decimals(text)],
    ],
    integers(text),
  );

/**
 * One row a column, in order: the bits met, the most digits before and behind the point, and how many values.
 * Texts are SQL expressions over `relation`.
 */
export const inferenceQuery = (texts: readonly string[], relation: string): string => {
  const named = texts.map((text, i) => `${text} as c${i}`);
  const columns = texts.map((_text, i) => factsOf(`c${i}`));
  return `select ${columns.join(", ")} from (select ${named.join(", ")} from ${relation})`;
};

/**
 * As `inferenceQuery`, but a row a column, and none where there are no rows: all columns stand under one another. That
 * takes a few milliseconds to plan however many columns there are, and is only for few rows.
 */
export const stackedInferenceQuery = (texts: readonly string[], relation: string): string =>
  `select ${factsOf("c")} from (select unnest(range(${texts.length})) as place, unnest([${texts.join(", ")}]) as c ` +
  `from ${relation}) group by place order by place`;

const factsOf = (name: string): string => {
  const column = quoted(name);
  const digits = `case when contains(${column}, '.') then`;
  return [
    `coalesce(bit_or(${classOf(column)}), 0)`,
    `coalesce(max(${digits} position('.' in ltrim(${column}, '-')) - 1 else length(ltrim(${column}, '-')) end), 0)`,
    `coalesce(max(${digits} length(${column}) - position('.' in ${column}) else 0 end), 0)`,
  ].join(", ");
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

/** What was met in one column. */
export interface ColumnFacts {
  readonly bits: number;
  /** The most digits before the point, and behind it. */
  readonly before: number;
  readonly behind: number;
}

/** The columns of `inferenceQuery`'s one row. */
export const factsIn = (row: readonly (string | null)[]): readonly ColumnFacts[] => {
  const columns: ColumnFacts[] = [];
  for (let at = 0; at + 2 < row.length; at += 3) {
    columns.push({ bits: Number(row[at]), before: Number(row[at + 1]), behind: Number(row[at + 2]) });
  }
  return columns;
};

export const typeOfFacts = ({ bits, before, behind }: ColumnFacts): string => typeFor(bits, before, behind);

/** Whether no further value can change the type. */
export const isSettled = ({ bits }: ColumnFacts): boolean => (bits & met.text) !== 0;

/**
 * An aggregate that is true when every value of the column is of a class that leaves it the type of these facts; `null`
 * where there is no such question that is cheaper than all of them. It may be false of values that would fit.
 */
export const confirmation = ({ bits }: ColumnFacts, text: string): string | null => {
  const test = tests.find(({ of }) => bits === of.reduce((sum, name) => sum | met[name], 0));
  return test === undefined ? null : `coalesce(bool_and(${text} is null or coalesce(${test.sql(text)}, false)), true)`;
};

/** By the classes that were met. Each lets through only texts that `classOf` gives one of the type's classes. */
const tests: readonly { readonly of: readonly (keyof typeof met)[]; readonly sql: (text: string) => string }[] = [
  { of: ["integer"], sql: (text) => `cast(try_cast(${text} as bigint) as varchar) = ${text}` },
  { of: ["integer", "longInteger"], sql: (text) => `cast(try_cast(${text} as bigint) as varchar) = ${text}` },
  ...[["number"] as const, ["integer", "number"] as const].map((of) => ({
    of,
    sql: (text: string) => `length(${text}) <= 15 and ${full(text, String.raw`-?(0|[1-9][0-9]*)(\.[0-9]+)?`)}`,
  })),
  {
    of: ["date"],
    sql: (text) =>
      `substr(${text}, 5, 1) = '-' and ${full(text, "[0-9-]+")} and cast(try_cast(${text} as date) as varchar) = ${text}`,
  },
  {
    of: ["timestamp"],
    sql: (text) =>
      `substr(${text}, 5, 1) = '-' and ${full(text, dateAndTime)} and try_cast(${text} as timestamp) is not null`,
  },
];

/** The types from the one row of `inferenceQuery`. */
export const inferredTypes = (row: readonly (string | null)[]): readonly string[] => factsIn(row).map(typeOfFacts);
