import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

import { materializing, type Materializing } from "../../../test-support/targets/materializing.ts";

let bench: Materializing;
beforeAll(async () => {
  bench = await materializing();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() =>
  bench.client.query("drop schema if exists mart cascade; drop schema if exists _headrace cascade; create schema mart"),
);

const sql = "select 1 as id, 'a' as name";
const good = { table: "mart.good", mode: "append" };
const bad = { table: "mart.bad", mode: "full" };
const file = { type: "csv", path: "out.csv" };

it("a failed target leaves the others written, and a retry writes only it", async () => {
  await bench.client.query("create view mart.bad as select 1 as id");
  const first = await bench.writeAll(sql, [good, bad, file]);
  expect(first.map(({ target, status }) => [target, status])).toEqual([
    ["postgresql:default:mart.good", "SUCCESS"],
    ["postgresql:default:mart.bad", "FAILED"],
    ["csv:out.csv", "SUCCESS"],
  ]);
  expect(first[1]?.error).toMatchObject({
    code: "target_not_table",
    class: "ExecutorExecutionError",
    node: "transform.orders",
  });
  await bench.client.query("drop view mart.bad");
  const again = await bench.writeAll(sql, [good, bad, file], { only: ["postgresql:default:mart.bad"] });
  expect(again.map(({ target, status }) => [target, status])).toEqual([["postgresql:default:mart.bad", "SUCCESS"]]);
  expect(await bench.rows("select (select count(*) from mart.good), (select count(*) from mart.bad)")).toEqual([
    ["1", "1"],
  ]);
});

it("disabled targets are left out", async () => {
  expect(await bench.writeAll(sql, [{ ...good, enabled: false }])).toEqual([]);
});

it("a cancelled run throws and writes nothing", async () => {
  await expect(bench.writeAll(sql, [good], { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "cancelled",
  });
  expect(await bench.rows("select to_regclass('mart.good')")).toEqual([[null]]);
});

it.each(["duckdb", "sqlite", "iceberg"])("%s says what is missing", async (type) => {
  const result = await bench.write(sql, { type, table: "x" });
  expect(result.error).toMatchObject({ code: "materializer_not_available", params: { type } });
});

it("a preview lists DDL and locks, counts on the real target and writes nothing", async () => {
  const options = { table: "mart.orders", mode: "upsert_by_key", unique_keys: ["id"], on_schema_change: "add_columns" };
  const fresh = await bench.preview(sql, options);
  expect(fresh).toMatchObject({
    exists: false,
    production: false,
    inserts: 1,
    updates: 0,
    deletes: 0,
    unchanged: 0,
    locks: [],
  });
  expect(fresh.statements).toEqual([
    'CREATE TABLE "mart"."orders" ("id" integer, "name" text)',
    'CREATE UNIQUE INDEX ON "mart"."orders" ("id")',
  ]);
  await bench.client.query(
    "create table mart.orders (id bigint, name text); insert into mart.orders values (1, 'old'), (2, 'b')",
  );
  const rows = "select * from (values (1, 'a', 1), (2, 'b', null), (3, 'c', 3)) t(id, name, more)";
  const found = await bench.preview(rows, options, { connection: { ...bench.connection, production: true } });
  expect(found).toMatchObject({ exists: true, production: true, inserts: 1, updates: 1, deletes: 0, unchanged: 1 });
  expect(found.statements.slice(0, 2)).toEqual([
    'ALTER TABLE "mart"."orders" ADD COLUMN "more" integer',
    'CREATE UNIQUE INDEX ON "mart"."orders" ("id")',
  ]);
  expect(found.statements[2]).toContain("ON CONFLICT");
  expect(found.locks).toHaveLength(3);
  expect(await bench.rows("select count(*), max(name) from mart.orders")).toEqual([["2", "old"]]);
  expect(await bench.rows("select count(*) from pg_namespace where nspname = '_headrace'")).toEqual([["0"]]);
  expect(await bench.stages()).toEqual([]);
});

it("a preview throws what the write would", async () => {
  await bench.client.query("create table mart.orders (id text); insert into mart.orders values ('x')");
  await expect(bench.preview(sql, { table: "mart.orders", mode: "full" })).rejects.toMatchObject({
    code: "target_type_lossy",
  });
});
