import { expect, it } from "vitest";

import { type TypeClass, typeClass } from "./type-class.ts";

const spellings: readonly (readonly [TypeClass, readonly string[]])[] = [
  ["number", ["TINYINT", "UBIGINT", "HUGEINT", "UINTEGER", "DECIMAL(18,2)", "DOUBLE", "FLOAT", "BIGNUM"]],
  ["number", ["smallint", "integer", "bigint", "int2", "int4", "int8", "numeric", "numeric(18,2)", "numeric(38)"]],
  ["number", ["real", "double precision", "float4", "float8", "oid"]],
  ["time", ["DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS", "TIMESTAMPTZ"]],
  ["time", ["date", "timestamp", "timestamptz", "timestamp(3) without time zone", "timestamp with time zone"]],
  ["text", ["VARCHAR", "UUID", "JSON", "ENUM('a', 'b')"]],
  ["text", ["text", "character varying(20)", "character(3)", "varchar", "bpchar", "citext", "name", "uuid", "jsonb"]],
  ["boolean", ["BOOLEAN", "boolean", "bool"]],
  ["nested", ["INTEGER[]", "DECIMAL(18,2)[3]", "STRUCT(a INTEGER)", "MAP(VARCHAR, INTEGER)", "integer[]", "text[]"]],
  ["binary", ["BLOB", "BIT", "bytea"]],
  ["other", ["INTERVAL", "TIME", "interval", "time without time zone", "inet", "money", "mood"]],
];

it.each(spellings)("knows %s in DuckDB's and PostgreSQL's spelling", (kind, types) => {
  expect(types.filter((type) => typeClass(type) !== kind)).toEqual([]);
});
