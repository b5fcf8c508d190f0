import { writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sourceBench, type SourceBench } from "../../../test-support/read-source.ts";

let bench: SourceBench;
beforeAll(async () => {
  bench = await sourceBench();
  using database = new DatabaseSync(bench.path("shop.sqlite"));
  database.exec(`
    create table types (i integer, r real, t text, b blob, d date, at timestamp, n decimal(10,2), ok boolean, free, v varchar(3));
    insert into types values
      (9007199254740993, 1.5, 'é "q",' || char(10), x'00ff', '2024-01-31', '2024-01-31 10:00:00', 12.5, 1, 'a', 'x'),
      (null, null, '', null, null, null, null, null, null, null);
    create table wrong (id integer primary key, n integer, d date, b text);
    insert into wrong values (1, 5, '2024-01-31', 'x'), (2, 'five', '2024-01-31', 'x');
    create table keyed (k text primary key, v integer) without rowid;
    insert into keyed values ('a', 1), ('b', 2);
    create view doubled as select k, v * 2 as v from keyed;
    create table numbers (n);
    insert into numbers values (1), (2.5), (1e300);
    create table "odd name" ("a b" integer);
    insert into "odd name" values (1);
  `);
});
afterAll(() => bench[Symbol.asyncDispose]());

const read = (config: Readonly<Record<string, unknown>>) =>
  bench.read({ source: "sqlite", ...config, params: Object.assign({ path: "shop.sqlite" }, config["params"]) });

it("takes types from what the table declares", async () => {
  const { columns, rows } = await read({ table: "types" });
  expect(columns).toEqual([
    "i BIGINT",
    "r DOUBLE",
    "t VARCHAR",
    "b BLOB",
    "d DATE",
    "at TIMESTAMP",
    "n DECIMAL(10,2)",
    "ok BOOLEAN",
    "free VARCHAR",
    "v VARCHAR",
  ]);
  expect(rows).toEqual([
    [
      "9007199254740993",
      "1.5",
      'é "q",\n',
      String.raw`\x00\xFF`,
      "2024-01-31",
      "2024-01-31 10:00:00",
      "12.50",
      "true",
      "a",
      "x",
    ],
    [null, null, "", null, null, null, null, null, null, null],
  ]);
});

it.each([
  [
    "a table without row ids",
    { table: "keyed" },
    [
      ["a", "1"],
      ["b", "2"],
    ],
  ],
  [
    "a table by its schema",
    { table: "main.keyed" },
    [
      ["a", "1"],
      ["b", "2"],
    ],
  ],
  [
    "a view, whose types are found from its values",
    { table: "doubled" },
    [
      ["a", "2"],
      ["b", "4"],
    ],
  ],
  ["a column without a type", { table: "numbers" }, [["1.0"], ["2.5"], ["1e+300"]]],
  ["a name with a space", { table: "odd name" }, [["1"]]],
  ["a query", { query: "select upper(k) as k from keyed where v > 1;" }, [["B"]]],
  ["a query that begins with WITH", { query: "with x as (select 1 as a) select a from x" }, [["1"]]],
  [
    "a query with parameters",
    { query: "select k, '$low' as s from keyed where v > $low", params: { low: 1 } },
    [["b", "$low"]],
  ],
  [
    "declared columns",
    {
      table: "keyed",
      schema: [
        { name: "v", data_type: "tinyint" },
        { name: "k", data_type: "text" },
      ],
    },
    [
      ["1", "a"],
      ["2", "b"],
    ],
  ],
])("reads %s", async (_what, config, rows) => {
  expect((await read(config)).rows).toEqual(rows);
});

describe("what cannot be right", () => {
  it.each([
    [
      "a text in an integer column",
      { table: "wrong" },
      "source_value_wrong",
      { place: "row 2", column: "n", value: '"five"' },
    ],
    [
      "a blob in a text column",
      { query: "select cast('x' as text) as a union all select x'00'" },
      "source_value_wrong",
      { place: "row 2" },
    ],
    ["a missing table", { table: "keyde" }, "source_table_missing", { suggestion: "Did you mean keyed?" }],
    ["a missing column", { query: "select nope from keyed" }, "source_query_failed", {}],
    ["two statements", { query: "select 1; delete from keyed" }, "source_query_failed", {}],
    ["a write", { query: "delete from keyed" }, "source_query_failed", {}],
    ["an undeclared column", { table: "keyed", columns: { k: "" } }, "source_column_extra", { column: "v" }],
  ])("%s", async (_what, config, code, params) => {
    await expect(read(config)).rejects.toMatchObject({ code, params });
  });

  it("a file that is no database", async () => {
    await writeFile(bench.path("text.sqlite"), "not a database at all, just some text");
    await expect(read({ table: "t", params: { path: "text.sqlite" } })).rejects.toMatchObject({
      code: "source_file_damaged",
    });
  });

  it("a missing file", async () => {
    await expect(read({ table: "t", params: { path: "shpo.sqlite" } })).rejects.toMatchObject({
      code: "source_file_missing",
      next: "Did you mean shop.sqlite?",
    });
  });
});

describe("what makes it out of date", () => {
  it("is the database's bytes, and what waits beside it in the write-ahead log", async () => {
    using database = new DatabaseSync(bench.path("wal.sqlite"));
    database.exec("pragma journal_mode = wal; create table t (a integer); insert into t values (1)");
    const config = { source: "sqlite", table: "t", params: { path: "wal.sqlite" } };
    const before = await bench.state(config);
    database.exec("insert into t values (2)");
    const after = await bench.state(config);
    expect(Object.keys(after?.parts ?? {})).toEqual(["wal.sqlite", "wal.sqlite-wal"]);
    expect(after).not.toEqual(before);
    expect((await bench.read(config)).rows).toEqual([["1"], ["2"]]);
  });

  it("is the answer of a watermark query where there is one", async () => {
    const config = { source: "sqlite", table: "keyed", params: { path: "shop.sqlite" } };
    expect(await bench.state({ ...config, cache: { watermark: "select max(v), count(*) from keyed" } })).toEqual({
      parts: { "watermark of keyed": "2, 2" },
    });
    const wrong = bench.state({ ...config, cache: { watermark: "select nope from keyed" } });
    await expect(wrong).rejects.toMatchObject({ code: "source_watermark_failed" });
  });
});

it("reads through a connection, and takes `database` from it", async () => {
  const connection = { name: "shop", type: "sqlite" as const, path: bench.path("shop.sqlite") };
  await using other = await sourceBench({}, connection);
  for (const source of ["sqlite", "database"]) {
    expect((await other.read({ source, connection: "shop", table: "keyed" })).rows).toHaveLength(2);
  }
  await expect(other.read({ source: "postgresql", connection: "shop", table: "keyed" })).rejects.toMatchObject({
    code: "source_connection_wrong",
  });
});
