import type { TestSpecs } from "../../../../shared/graph/kinds/checks.ts";
import { literal } from "../../duckdb/sql/identifiers.ts";
import { defineCheck } from "../check.ts";
import { columnsOf, eachColumn } from "../conditions.ts";

type Format = TestSpecs["format"]["format"];

const matches = (pattern: string) => (column: string) => `not regexp_full_match(${column}, ${literal(pattern)})`;
const casts = (type: string) => (column: string) => `${column} is not null and try_cast(${column} as ${type}) is null`;

const octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

/** What is wrong about a value, by format. */
const wrong: Readonly<Record<Format, (column: string) => string>> = {
  date: casts("date"),
  datetime: casts("timestamp"),
  email: matches('[^@\\s"<>(),;:]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}'),
  integer: matches("[+-]?[0-9]+"),
  ipv4: matches(`(${octet}\\.){3}${octet}`),
  json: (column) => `not json_valid(${column})`,
  number: matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?"),
  time: casts("time"),
  url: matches("https?://[^\\s/?#@]+(:[0-9]+)?([/?#]\\S*)?"),
  uuid: casts("uuid"),
};

export const formatCheck = defineCheck("format", {
  claim: (spec) => `${columnsOf(spec).join(", ")} in format ${spec.format}`,
  probe: (spec) => eachColumn(columnsOf(spec), wrong[spec.format]),
});
