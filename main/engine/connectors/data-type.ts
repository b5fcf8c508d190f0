// Data types as people write them, in DuckDB's spelling. What comes out may stand in SQL that we generate.

import { parseType, typeText, type TypeTree } from "../duckdb/types/type-tree.ts";

const aliases: Readonly<Record<string, string>> = {
  bool: "BOOLEAN",
  boolean: "BOOLEAN",
  logical: "BOOLEAN",
  tinyint: "TINYINT",
  int1: "TINYINT",
  int8: "BIGINT",
  smallint: "SMALLINT",
  int2: "SMALLINT",
  short: "SMALLINT",
  int16: "SMALLINT",
  integer: "INTEGER",
  int: "INTEGER",
  int4: "INTEGER",
  int32: "INTEGER",
  bigint: "BIGINT",
  long: "BIGINT",
  int64: "BIGINT",
  hugeint: "HUGEINT",
  int128: "HUGEINT",
  utinyint: "UTINYINT",
  uint8: "UTINYINT",
  usmallint: "USMALLINT",
  uint16: "USMALLINT",
  uinteger: "UINTEGER",
  uint32: "UINTEGER",
  ubigint: "UBIGINT",
  uint64: "UBIGINT",
  uhugeint: "UHUGEINT",
  float: "FLOAT",
  float4: "FLOAT",
  float32: "FLOAT",
  real: "FLOAT",
  double: "DOUBLE",
  "double precision": "DOUBLE",
  float8: "DOUBLE",
  float64: "DOUBLE",
  number: "DOUBLE",
  varchar: "VARCHAR",
  string: "VARCHAR",
  str: "VARCHAR",
  text: "VARCHAR",
  char: "VARCHAR",
  date: "DATE",
  time: "TIME",
  timestamp: "TIMESTAMP",
  datetime: "TIMESTAMP",
  timestamp_ns: "TIMESTAMP_NS",
  timestamptz: "TIMESTAMP WITH TIME ZONE",
  "timestamp with time zone": "TIMESTAMP WITH TIME ZONE",
  interval: "INTERVAL",
  uuid: "UUID",
  json: "JSON",
  blob: "BLOB",
  bytea: "BLOB",
  binary: "BLOB",
};

const shownNames = ["DECIMAL(18,2)", "STRUCT(a INTEGER)", "VARCHAR[]", "MAP(VARCHAR, INTEGER)"];

/** Names to suggest when a type is not known. */
export const dataTypeNames: readonly string[] = [...Object.keys(aliases), ...shownNames];

const decimal = (text: string): string | null => {
  const match = /^(?:decimal|numeric|dec)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?$/i.exec(text);
  if (match === null) return null;
  const precision = Number(match[1] ?? 18);
  const scale = Number(match[2] ?? (match[1] === undefined ? 3 : 0));
  return precision >= 1 && precision <= 38 && scale <= precision ? `DECIMAL(${precision},${scale})` : null;
};

const plain = (text: string): string | null => {
  const name = text.trim().toLowerCase().replaceAll(/\s+/g, " ");
  const length = /^(?:varchar|char|character varying|text|string)\s*\(\s*\d+\s*\)$/;
  return aliases[name] ?? decimal(name) ?? (length.test(name) ? "VARCHAR" : null);
};

const known = (type: TypeTree): TypeTree | null => {
  switch (type.kind) {
    case "plain": {
      const text = plain(type.text);
      return text === null ? null : { kind: "plain", text };
    }
    case "list":
    case "array": {
      const item = known(type.item);
      return item === null ? null : { ...type, item };
    }
    case "map": {
      const key = known(type.key);
      const value = known(type.value);
      return key === null || value === null ? null : { kind: "map", key, value };
    }
    case "struct": {
      const fields = type.fields.map((field) => ({ name: field.name, type: known(field.type) }));
      const complete = fields.filter(
        (field): field is (typeof fields)[number] & { type: TypeTree } => field.type !== null,
      );
      if (fields.length === 0 || complete.length < fields.length || fields.some(({ name }) => name === "")) return null;
      return { kind: "struct", fields: complete };
    }
    default:
      return null;
  }
};

/** A type as written, in DuckDB's spelling; `null` when there is no such type. */
export const dataType = (written: string): string | null => {
  const direct = plain(written);
  if (direct !== null) return direct;
  const tree = known(parseType(written));
  return tree === null ? null : typeText(tree);
};
