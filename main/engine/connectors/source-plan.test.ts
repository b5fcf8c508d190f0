import { expect, it } from "vitest";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import { kinds } from "../../../shared/graph/kinds/index.ts";
import { connectors } from "./registry.ts";
import { sourcePlan } from "./source-plan.ts";

const interval = { date: "2024-06-30", start: null, end: null };

const planOf = (config: Readonly<Record<string, unknown>>) => {
  const node: PipelineNode<"source"> = {
    id: "source.orders",
    kind: "source",
    name: "orders",
    config: kinds.source.schema.parse({ kind: "source", name: "orders", ...config }),
    body: null,
    inputs: [],
    location: { file: "pipelines/orders.yml", line: 3, column: 1 },
    files: [],
  };
  return sourcePlan(node, connectors, interval);
};

it.each([
  ["a table as path", { source: "csv", table: "a.csv" }],
  ["params.path", { source: "csv", params: { path: "a.csv" } }],
])("unifies spellings of a file: %s", (_what, config) => {
  expect(planOf(config)).toMatchObject({ type: "csv", path: "a.csv", table: null, query: null });
});

it.each([
  ["at the top", { connection: "warehouse", query: "select 1 as a" }],
  ["in params", { params: { connection: "warehouse", query: "select 1 as a" } }],
  ["over a table", { table: "public.orders", connection: "warehouse", query: "select 1 as a" }],
])("unifies spellings of a query: %s", (_what, config) => {
  const plan = planOf({ source: "postgres", ...config });
  expect(plan).toMatchObject({
    type: "postgresql",
    path: null,
    table: null,
    query: "select 1 as a",
    connection: "warehouse",
  });
});

it("unifies the spellings of CSV options", () => {
  const written = planOf({ source: "csv", table: "a.tsv", params: { sep: "\\t", nullstr: "NA", quote: "" } });
  expect(written.options).toMatchObject({ delimiter: "\t", nullTexts: ["NA"], quote: "" });
});

it("takes columns from schema or columns, in DuckDB's spelling", () => {
  const schema = planOf({ source: "csv", table: "a", schema: [{ name: "id", data_type: "long" }] });
  expect(schema.columns).toEqual([{ name: "id", type: "BIGINT" }]);
  const columns = planOf({ source: "csv", table: "a", columns: { id: "the key", at: { dtype: "timestamptz" } } });
  expect(columns.columns).toEqual([
    { name: "id", type: null },
    { name: "at", type: "TIMESTAMP WITH TIME ZONE" },
  ]);
});

it("binds parameters of a query from params and the run", () => {
  const query = "select * from o where d < $date and n > $least and s = '$x'";
  expect(planOf({ source: "postgresql", query, params: { least: 5 } }).parameters).toEqual({
    date: "2024-06-30",
    least: 5,
  });
});

it("is plain data: the fingerprint covers it", () => {
  const plan = planOf({ source: "csv", table: "a.csv", params: { skip: 1 } });
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});

it.each([
  ["source_type_missing", {}],
  ["source_place_missing", { source: "csv" }],
  ["source_place_missing", { source: "postgresql" }],
  ["source_place_missing", { source: "sqlite", table: "orders" }],
  ["source_url_refused", { source: "parquet", table: "s3://bucket/orders.parquet" }],
  ["source_url_refused", { source: "csv", params: { path: "https://example.org/orders.csv" } }],
  ["source_option_unknown", { source: "csv", table: "a", params: { delimeter: ";" } }],
  ["source_option_unknown", { source: "parquet", table: "a", params: { delimiter: ";" } }],
  ["source_option_invalid", { source: "csv", table: "a", params: { delimiter: "||" } }],
  ["source_option_invalid", { source: "csv", table: "a", params: { skip: -1 } }],
  ["source_option_invalid", { source: "csv", table: "a", params: { header: "yes" } }],
  ["source_option_invalid", { source: "json", table: "a", params: { encoding: "klingon" } }],
  ["source_option_invalid", { source: "csv", params: { path: 5 } }],
  ["source_data_type_unknown", { source: "csv", table: "a", schema: [{ name: "id", data_type: "integr" }] }],
  ["source_data_type_unknown", { source: "csv", table: "a", params: { types: { id: "int) from x" } } }],
  ["source_column_twice", { source: "csv", table: "a", columns: { id: "x", ID: "y" } }],
  ["source_watermark_useless", { source: "csv", table: "a", cache: { watermark: "select 1" } }],
  ["source_freshness_incomplete", { source: "postgresql", table: "a", freshness: { warn_after: "1d" } }],
  ["source_parameter_missing", { source: "postgresql", query: "select $low" }],
  ["engine_not_available", { source: "hive", table: "db.orders" }],
  ["engine_not_available", { source: "iceberg", table: "db.orders" }],
])("refuses with %s: %j", (code, config) => {
  expect(() => planOf(config)).toThrowError(expect.objectContaining({ code, node: "source.orders" }));
});

it("suggests the option that was meant", () => {
  expect(() => planOf({ source: "csv", table: "a", params: { delimeter: ";" } })).toThrowError(
    expect.objectContaining({ next: "Did you mean delimiter?" }),
  );
});
