// PostgreSQL's types in DuckDB: how a column leaves the server as text, and how that text becomes an exact value.

import { isNested, nestedCast } from "../json/nested-cast.ts";
import type { StrictCast } from "../strict-cast.ts";
import type { PostgresType } from "./type-catalogue.ts";

export interface ColumnMapping {
  /** DuckDB's spelling. */
  readonly type: string;
  /** SQL on the server over a column's name; its text is what travels. */
  readonly send: (column: string) => string;
  readonly cast: StrictCast | undefined;
  /** DuckDB has no such type: the column arrives as PostgreSQL's own text. */
  readonly asText: boolean;
}

const plainText = (column: string): string => `${column}::text`;

const exists: StrictCast["valid"] = (_text, value) => `${value} is not null`;

const as = (type: string, cast?: StrictCast, send: ColumnMapping["send"] = plainText): ColumnMapping => ({
  type,
  send,
  cast,
  asText: false,
});

/** The server writes values of these types in one way only, which DuckDB reads without loss. */
const trusted = (type: string): ColumnMapping =>
  as(type, { value: (text) => `try_cast(${text} as ${type})`, valid: exists });

/** DuckDB reads "44-03-15 BC" as the year 44; its own spelling is "(BC)" right behind the date. */
const dated = (type: string): StrictCast => ({
  value: (text) =>
    `case when ends_with(${text}, ' BC') ` +
    `then try_cast(regexp_replace(${text}, '^(\\S+)(.*) BC$', '\\1 (BC)\\2') as ${type}) else try_cast(${text} as ${type}) end`,
  valid: exists,
});

/** Months, days and microseconds: three numbers, since the two systems write intervals differently. */
const interval: StrictCast = {
  value: (text) =>
    `to_months(try_cast(split_part(${text}, ' ', 1) as integer)) + ` +
    `to_days(try_cast(split_part(${text}, ' ', 2) as integer)) + ` +
    `to_microseconds(try_cast(split_part(${text}, ' ', 3) as bigint))`,
  valid: exists,
};
const sendInterval = (column: string): string =>
  `case when isfinite(${column}) then concat_ws(' ', ` +
  `(extract(year from ${column}) * 12 + extract(month from ${column}))::bigint, extract(day from ${column})::bigint, ` +
  `(extract(hour from ${column}) * 3600000000 + extract(minute from ${column}) * 60000000 + extract(microseconds from ${column}))::bigint` +
  `) else ${column}::text end`;

const blob: StrictCast = { value: (text) => `try(unhex(${text}))`, valid: exists };

const byName: Readonly<Record<string, ColumnMapping>> = {
  bool: trusted("BOOLEAN"),
  int2: trusted("SMALLINT"),
  int4: trusted("INTEGER"),
  int8: trusted("BIGINT"),
  oid: trusted("UINTEGER"),
  float4: trusted("FLOAT"),
  float8: trusted("DOUBLE"),
  text: as("VARCHAR"),
  varchar: as("VARCHAR"),
  bpchar: as("VARCHAR"),
  char: as("VARCHAR"),
  name: as("VARCHAR"),
  citext: as("VARCHAR"),
  uuid: trusted("UUID"),
  date: as("DATE", dated("date")),
  timestamp: as("TIMESTAMP", dated("timestamp")),
  timestamptz: as("TIMESTAMP WITH TIME ZONE", dated("timestamptz")),
  time: trusted("TIME"),
  interval: as("INTERVAL", interval, sendInterval),
  bytea: as("BLOB", blob, (column) => `encode(${column}, 'hex')`),
  json: as("JSON", nestedCast("JSON")),
  jsonb: as("JSON", nestedCast("JSON")),
  money: as("DECIMAL(38,10)", undefined, (column) => `${column}::numeric::text`),
};

/** Precision and scale are packed into the type's modifier; a bare numeric may hold anything up to 28 digits and 10 decimals. */
const numeric = (modifier: number): ColumnMapping => {
  if (modifier < 4) return as("DECIMAL(38,10)");
  const precision = ((modifier - 4) >> 16) & 0xffff;
  const scale = ((((modifier - 4) & 0x7ff) ^ 1024) - 1024) | 0;
  if (scale < 0) return as("DECIMAL(38,0)");
  const digits = Math.max(precision, scale);
  return digits <= 38 ? trusted(`DECIMAL(${digits},${scale})`) : as(`DECIMAL(38,${Math.min(scale, 38)})`);
};

const fallback: ColumnMapping = { type: "VARCHAR", send: plainText, cast: undefined, asText: true };

const toJson = (column: string): string => `to_json(${column})::text`;

/** Elements whose JSON is exact; others stay PostgreSQL's text. */
const listable =
  /^(BOOLEAN|SMALLINT|INTEGER|BIGINT|UINTEGER|FLOAT|DOUBLE|DECIMAL.*|VARCHAR|UUID|DATE|TIMESTAMP.*|TIME|JSON)$/;

const list = (element: PostgresType): ColumnMapping => {
  const { type, asText } = columnMapping({ ...element, modifier: -1 });
  const item = listable.test(type) && !asText && element.name !== "money" ? type : "VARCHAR";
  return as(`${item}[]`, nestedCast(`${item}[]`), toJson);
};

/** How a column of this type is read. */
export const columnMapping = (type: PostgresType): ColumnMapping => {
  if (type.element !== null) return list(type.element);
  if (type.kind === "enum") return as("VARCHAR");
  if (type.kind === "composite") return as("JSON", nestedCast("JSON"), toJson);
  if (type.name === "numeric") return numeric(type.modifier);
  return byName[type.name] ?? fallback;
};

/** How a column is read when the node declares another type than the server's: by its plain or JSON text. */
export const declaredMapping = (mapping: ColumnMapping, declared: string): ColumnMapping => {
  if (declared === mapping.type) return mapping;
  if (isNested(declared)) return { type: declared, send: toJson, cast: nestedCast(declared), asText: false };
  const sent = mapping.type === "BLOB" || mapping.type === "INTERVAL" ? plainText : mapping.send;
  return { type: declared, send: sent, cast: undefined, asText: false };
};
