// Text to typed values without loss. DuckDB's own casts turn '1.5' into 2, '1_000' into 1000, cut '…+02' off a
// timestamp and round 9007199254740993 to a double, all without a word; here such a text is not valid.

import { literal } from "../duckdb/sql/identifiers.ts";

export interface TextFormats {
  /** `strptime` format of dates; ISO 8601 when `null`. */
  readonly date: string | null;
  readonly timestamp: string | null;
}

export const isoFormats: TextFormats = { date: null, timestamp: null };

/** SQL expressions over a text: its value (NULL when it cannot be read) and whether that value says the same. */
export interface StrictCast {
  readonly value: (text: string) => string;
  /** `text` is not NULL here; `value` is the name of the column that holds the value. */
  readonly valid: (text: string, value: string) => string;
}

const tryCast = (type: string) => (text: string) => `try_cast(${text} as ${type})`;
const matches = (text: string, pattern: string): string => `regexp_full_match(${text}, ${literal(pattern)})`;
/** Most texts are written as DuckDB writes them; only the others cost a pattern. */
const sameOr = (text: string, value: string, otherwise: string): string =>
  `${value} is not null and (cast(${value} as varchar) = ${text} or ${otherwise})`;

const integer = (type: string): StrictCast => ({
  value: tryCast(type),
  valid: (text, value) => sameOr(text, value, matches(text, String.raw`\s*[+-]?[0-9]+(\.0*)?\s*`)),
});

const decimal = (type: string, scale: number): StrictCast => ({
  value: tryCast(type),
  valid: (text, value) => sameOr(text, value, matches(text, String.raw`\s*[+-]?[0-9]*(\.[0-9]{0,${scale}}0*)?\s*`)),
});

/** Fractions are rounded as every reader of decimal text does; whole numbers must survive. */
const floating = (type: string, digits: number): StrictCast => ({
  value: tryCast(type),
  valid: (text, value) =>
    sameOr(
      text,
      value,
      `case when ${matches(text, String.raw`\s*[+-]?[0-9]{${digits + 1},}(\.0*)?\s*`)}` +
        ` then try_cast(${value} as decimal(38,0)) = try_cast(${text} as decimal(38,0))` +
        ` else ${matches(text, String.raw`\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*`)}` +
        ` and isfinite(${value}) or ${matches(text, String.raw`\s*[+-]?(?i:nan|inf|infinity)\s*`)} end`,
    ),
});

const dateText = String.raw`[0-9]{4,6}([-/])[0-9]{1,2}[-/][0-9]{1,2}`;
const midnight = String.raw`([ T]00:00(:00(\.0*)?)?)?`;
const clock = String.raw`[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{0,6}0*)?)?`;
const offset = String.raw`\s?([zZ]|[+-][0-9]{2}(:?[0-9]{2})?)`;
const noOffset = String.raw`(\s?([zZ]|[+-]00(:?00)?))?`;

const byFormat = (type: string, format: string): StrictCast => ({
  value: (text) => `cast(try_strptime(${text}, ${literal(format)}) as ${type})`,
  valid: (_text, value) => `${value} is not null`,
});

const date = (formats: TextFormats): StrictCast =>
  formats.date === null
    ? {
        value: tryCast("date"),
        valid: (text, value) => sameOr(text, value, matches(text, String.raw`\s*${dateText}${midnight}\s*`)),
      }
    : byFormat("date", formats.date);

const timestamp = (type: string, formats: TextFormats, zone: string): StrictCast =>
  formats.timestamp === null
    ? {
        value: tryCast(type),
        valid: (text, value) => sameOr(text, value, matches(text, String.raw`\s*${dateText}([ T]${clock}${zone})?\s*`)),
      }
    : byFormat(type, formats.timestamp);

const nanoseconds: StrictCast = {
  value: tryCast("timestamp_ns"),
  valid: (text, value) =>
    sameOr(
      text,
      value,
      matches(text, String.raw`\s*${dateText}([ T]${clock.replace("{0,6}", "{0,9}")}${noOffset})?\s*`),
    ),
};

const time: StrictCast = {
  value: tryCast("time"),
  valid: (text, value) => sameOr(text, value, matches(text, String.raw`\s*${clock}\s*`)),
};

const boolean: StrictCast = {
  value: tryCast("boolean"),
  valid: (_text, value) => `${value} is not null`,
};

const anything: StrictCast = { value: (text) => text, valid: () => "true" };

const whole = new Set(
  "TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT".split(" "),
);

/** How a text becomes a value of `type` (DuckDB's spelling, no nested types). */
export const strictCast = (type: string, formats: TextFormats): StrictCast => {
  if (whole.has(type)) return integer(type);
  const scale = /^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1];
  if (scale !== undefined) return decimal(type, Number(scale));
  switch (type) {
    case "VARCHAR":
      return anything;
    case "DOUBLE":
      return floating(type, 15);
    case "FLOAT":
      return floating(type, 7);
    case "DATE":
      return date(formats);
    case "TIMESTAMP":
      return timestamp(type, formats, noOffset);
    case "TIMESTAMP WITH TIME ZONE":
      return timestamp(type, formats, `(${offset})?`);
    case "TIMESTAMP_NS":
      return nanoseconds;
    case "TIME":
      return time;
    case "BOOLEAN":
      return boolean;
    default:
      return { value: tryCast(type), valid: (_text, value) => `${value} is not null` };
  }
};
