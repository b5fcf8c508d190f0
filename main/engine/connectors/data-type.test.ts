import { expect, it } from "vitest";

import { dataType } from "./data-type.ts";

it.each([
  ["int", "INTEGER"],
  ["String", "VARCHAR"],
  ["varchar(20)", "VARCHAR"],
  ["numeric", "DECIMAL(18,3)"],
  ["decimal(10)", "DECIMAL(10,0)"],
  ["Numeric( 12 , 2 )", "DECIMAL(12,2)"],
  ["timestamptz", "TIMESTAMP WITH TIME ZONE"],
  ["double  precision", "DOUBLE"],
  ["int[]", "INTEGER[]"],
  ['struct(a int, "b c" text[])', 'STRUCT(a INTEGER, "b c" VARCHAR[])'],
  ["map(varchar, decimal(4,1))", "MAP(VARCHAR, DECIMAL(4,1))"],
])("reads %s as %s", (written, type) => {
  expect(dataType(written)).toBe(type);
});

it.each([
  "integr",
  "decimal(40,2)",
  "decimal(2,4)",
  "int); drop table x",
  "struct(a nope)",
  "select 1",
  "",
  "varchar; --",
])("knows no type %j", (written) => {
  expect(dataType(written)).toBeNull();
});
