import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { temporaryDatabase, type TemporaryDatabase } from "../../../test-support/postgres.ts";
import { sourceBench, type SourceBench } from "../../../test-support/read-source.ts";
import { postgresClient, type PostgresClient } from "../postgres/index.ts";

let database: TemporaryDatabase;
let client: PostgresClient;
let bench: SourceBench;

beforeAll(async () => {
  database = await temporaryDatabase();
  client = await postgresClient(database.connection, { applicationName: "headrace:test" });
  bench = await sourceBench({}, database.connection);
  await client.query(`
    create type mood as enum ('sad', 'ok');
    create domain positive as integer check (value > 0);
    create type pair as (a integer, b text);
    create schema sales;
    create table sales.orders (id bigint primary key, name text, at timestamptz);
    insert into sales.orders values (1, 'x', '2024-01-31 10:00:00+02'), (2, E'y "z",\\n', null);
    create table notes (id integer, "Odd Name" text);
    insert into notes values (1, ''), (2, null);
  `);
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await client[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const read = (config: Readonly<Record<string, unknown>>, options?: { signal?: AbortSignal }) =>
  bench.read({ source: "postgresql", ...config }, options);
const one = async (expression: string, config: Readonly<Record<string, unknown>> = {}) => {
  const { columns, rows } = await read({ query: `select ${expression} as x`, ...config });
  return [columns[0]?.replace(/^x /, ""), rows[0]?.[0]];
};

it.each([
  ["a table with its schema", { table: "sales.orders" }],
  ["params.table", { params: { table: "sales.orders" } }],
  ["source: database", { source: "database", table: "sales.orders" }],
  ["a query", { query: "select * from sales.orders order by id;" }],
  ["a query with a comment at its end", { query: "select * from sales.orders order by id -- all" }],
])("reads %s", async (_what, config) => {
  const { columns, rows } = await read(config);
  expect(columns).toEqual(["id BIGINT", "name VARCHAR", "at TIMESTAMP WITH TIME ZONE"]);
  expect(rows).toEqual([
    ["1", "x", "2024-01-31 08:00:00+00"],
    ["2", 'y "z",\n', null],
  ]);
});

it("tells the empty text from NULL, and keeps names as they are", async () => {
  const { columns, rows } = await read({ table: "notes" });
  expect([columns, rows]).toEqual([
    ["id INTEGER", "Odd Name VARCHAR"],
    [
      ["1", ""],
      ["2", null],
    ],
  ]);
});

describe("types arrive exactly", () => {
  it.each([
    ["32767::int2", "SMALLINT", "32767"],
    ["(-9223372036854775808)::int8", "BIGINT", "-9223372036854775808"],
    ["12345678901234567890.0123456789::numeric", "DECIMAL(38,10)", "12345678901234567890.0123456789"],
    ["(-12.345)::numeric(12,3)", "DECIMAL(12,3)", "-12.345"],
    ["1::numeric(50,2)", "DECIMAL(38,2)", "1.00"],
    ["1200::numeric(5,-2)", "DECIMAL(38,0)", "1200"],
    ["0.1::float8", "DOUBLE", "0.1"],
    ["'-Infinity'::float8", "DOUBLE", "-inf"],
    ["'NaN'::float4", "FLOAT", "nan"],
    ["true", "BOOLEAN", "true"],
    ["'ab'::char(4)", "VARCHAR", "ab"],
    ["'A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "UUID", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
    ["'0044-03-15 BC'::date", "DATE", "0044-03-15 (BC)"],
    ["'infinity'::date", "DATE", "infinity"],
    ["'5874897-12-31'::date", "DATE", "5874897-12-31"],
    ["'0044-03-15 12:00:00.5 BC'::timestamp", "TIMESTAMP", "0044-03-15 (BC) 12:00:00.5"],
    ["'2024-01-31 10:00:00.123456'::timestamp", "TIMESTAMP", "2024-01-31 10:00:00.123456"],
    ["'-infinity'::timestamp", "TIMESTAMP", "-infinity"],
    ["'2024-01-31 10:00:00+02'::timestamptz", "TIMESTAMP WITH TIME ZONE", "2024-01-31 08:00:00+00"],
    ["'24:00:00'::time", "TIME", "24:00:00"],
    ["'10:00:00+02'::timetz", "VARCHAR", "10:00:00+02"],
    ["'1 year 2 mons -3 days 04:05:06.789'::interval", "INTERVAL", "1 year 2 months -3 days 04:05:06.789"],
    ["'-1 days +02:03:04'::interval", "INTERVAL", "-1 day 02:03:04"],
    ["'\\x00ff'::bytea", "BLOB", String.raw`\x00\xFF`],
    ["''::bytea", "BLOB", ""],
    [`'{"b": 1.50, "a": [1]}'::json`, "JSON", '{"b": 1.50, "a": [1]}'],
    [`'{"b": 1.50, "a": [1]}'::jsonb`, "JSON", '{"a": [1], "b": 1.50}'],
    ["'null'::jsonb", "JSON", "null"],
    ["'{1,NULL,3}'::int[]", "INTEGER[]", "[1, NULL, 3]"],
    ["'{}'::text[]", "VARCHAR[]", "[]"],
    [`array['a,b', null, 'c"d']`, "VARCHAR[]", `['a,b', NULL, 'c"d']`],
    ["'{1.25,NULL}'::numeric(10,2)[]", "DECIMAL(38,10)[]", "[1.2500000000, NULL]"],
    ["array['2024-01-31 10:00:00+02'::timestamptz]", "TIMESTAMP WITH TIME ZONE[]", "['2024-01-31 08:00:00+00']"],
    ["array[1.5::float8, 'NaN']", "DOUBLE[]", "[1.5, nan]"],
    ["'ok'::mood", "VARCHAR", "ok"],
    ["array['ok'::mood]", "VARCHAR[]", "[ok]"],
    ["5::positive", "INTEGER", "5"],
    ["row(1, 'x')::pair", "JSON", '{"a":1,"b":"x"}'],
    ["'10.0.0.1'::inet", "VARCHAR", "10.0.0.1/32"],
    ["'[1,5)'::int4range", "VARCHAR", "[1,5)"],
    ["'(1,2)'::point", "VARCHAR", "(1,2)"],
    ["B'101'", "VARCHAR", "101"],
    ["null", "VARCHAR", null],
    ["repeat('x', 3000000)", "VARCHAR", "x".repeat(3_000_000)],
  ])("%s is %s", async (expression, type, text) => {
    expect(await one(expression)).toEqual([type, text]);
  });

  it.each([
    ["'NaN'::numeric", "NaN"],
    ["0.123456789012::numeric", "0.123456789012"],
    ["1e30::numeric", "1000000000000000000000000000000"],
    ["'294276-12-31'::timestamp", "294276-12-31 00:00:00"],
    ["'infinity'::interval", "infinity"],
    ["'{{1,2},{3,4}}'::int[]", "[[1,2],[3,4]]"],
    ["array['0044-03-15 BC'::date]", '["0044-03-15 BC"]'],
  ])("%s has no exact form, so its row and column are named", async (expression, value) => {
    const query = `select null as x union all select ${expression}`;
    await expect(read({ query })).rejects.toMatchObject({
      code: "source_value_wrong",
      params: { path: "the query of source.tested", place: "row 2", column: "x", value: JSON.stringify(value) },
    });
  });

  it("takes declared types where nothing is lost, and names the row where something is", async () => {
    const query = "select n, n::text as t from generate_series(1, 5) n union all select 5.25, '5.25'";
    const declared = (type: string) => ({
      query,
      schema: [
        { name: "t", data_type: type },
        { name: "n", data_type: type },
      ],
    });
    expect((await read(declared("decimal(10,2)"))).columns).toEqual(["t DECIMAL(10,2)", "n DECIMAL(10,2)"]);
    await expect(read(declared("decimal(10,1)"))).rejects.toMatchObject({ params: { place: "row 6", column: "t" } });
  });

  it("tells which columns arrived as text", async () => {
    const { output } = await read({ query: "select 1 as a, '10.0.0.1'::inet as b" });
    expect(output.metadata).toMatchObject({ arrived_as_text: ["b"], connection: "warehouse" });
  });
});

it("binds parameters, also where a name stands inside a text", async () => {
  const query = "select $date::date as d, $least + 1 as n, '$least' as s, $text as t /* $least */";
  const { rows } = await read({ query, params: { least: 4, text: String.raw`it's \ $date` } });
  expect(rows).toEqual([["2024-06-30", "5", "$least", String.raw`it's \ $date`]]);
});

describe("it only ever reads", () => {
  it.each([
    ["two statements", "select 1 as a; drop table notes", "source_query_not_select"],
    ["a statement that is no SELECT", "delete from notes", "source_query_not_select"],
    ["a writing WITH", "with gone as (delete from notes returning *) select * from gone", "source_query_not_select"],
    ["a bracket that closes the statement around it", "select 1 as a) to program 'id' --", "source_query_not_select"],
    ["a function that writes", "select setval('numbers', 5) as a", "source_query_not_select"],
    ["a broken statement", "selec 1", "source_query_not_select"],
    ["a missing table", "select * from nots", "source_query_failed"],
    ["a division by zero", "select 1 / 0 as a", "source_query_failed"],
    ["two columns of one name", "select 1 as a, 2 as a", "source_query_failed"],
    ["no columns", "select from notes", "source_no_columns"],
  ])("%s", async (_what, query, code) => {
    await client.query("create sequence if not exists numbers");
    await expect(read({ query })).rejects.toMatchObject({ code, node: "source.tested" });
    expect((await client.query("select count(*)::int as n from notes")).rows).toEqual([{ n: 2 }]);
  });
});

it.each([
  ["nearly right", "sales.ordres", "Did you mean sales.orders?"],
  ["in no schema there is", "slaes.orders", "Did you mean sales.orders?"],
])("suggests a table for a name that is %s", async (_what, table, suggestion) => {
  await expect(read({ table })).rejects.toMatchObject({ code: "source_table_missing", params: { table, suggestion } });
});

it.each([
  ["a wrong password", { password: "not-this-one" }, "postgres_password_wrong"],
  ["a server that is down", { port: 1 }, "postgres_unreachable"],
  ["a missing database", { database: "nowhere" }, "postgres_database_missing"],
])("says what is wrong with %s", async (_what, change, code) => {
  await using other = await sourceBench({}, { ...database.connection, ...change });
  const error: unknown = await other.read({ source: "postgresql", table: "notes" }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  expect(String(error)).not.toContain(database.connection.password);
});

it("does not let a reader do what its role may not", async () => {
  await client.query("drop role if exists headrace_reader; create role headrace_reader login password 'reader-1'");
  await using other = await sourceBench({}, { ...database.connection, user: "headrace_reader", password: "reader-1" });
  await expect(other.read({ source: "postgresql", table: "sales.orders" })).rejects.toMatchObject({
    code: "postgres_permission_denied",
  });
});

it("stops the server's work when it is cancelled", async () => {
  const controller = new AbortController();
  const reading = read({ query: "select pg_sleep(30)::text as x" }, { signal: controller.signal });
  const sleeping =
    "select count(*)::int as n from pg_stat_activity where query like '%pg_sleep(30)%' and state = 'active' and pid <> pg_backend_pid()";
  await expect.poll(async () => (await client.query(sleeping)).rows, { timeout: 10_000 }).toEqual([{ n: 1 }]);
  controller.abort();
  await expect(reading).rejects.toMatchObject({ code: "cancelled" });
  await expect.poll(async () => (await client.query(sleeping)).rows, { timeout: 10_000 }).toEqual([{ n: 0 }]);
});

describe("what makes it out of date", () => {
  it("cannot be known without a watermark", async () => {
    expect(await bench.state({ source: "postgresql", table: "notes" })).toBeNull();
  });

  it("is the watermark's answer", async () => {
    const config = {
      source: "postgresql",
      table: "notes",
      cache: { watermark: "select max(id), count(*) from notes" },
    };
    expect(await bench.state(config)).toEqual({ parts: { "watermark of notes": "(2,2)" } });
    await client.query("insert into notes values (3, 'z')");
    expect(await bench.state(config)).toEqual({ parts: { "watermark of notes": "(3,3)" } });
    await client.query("delete from notes where id = 3");
  });

  it.each(["select nope from notes", "select 1; drop table notes"])("is an error of its own: %s", async (watermark) => {
    const state = bench.state({ source: "postgresql", table: "notes", cache: { watermark } });
    await expect(state).rejects.toMatchObject({ code: "source_watermark_failed" });
  });
});
