// Every DuckDB type has a place in PostgreSQL, or an error that names column and row before anything is written.

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { materializing, type Materializing } from "../../../test-support/targets/materializing.ts";

let bench: Materializing;
beforeAll(async () => {
  bench = await materializing();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** A value in DuckDB's SQL, the PostgreSQL type it gets, and what PostgreSQL prints. */
const held: readonly (readonly [string, string, string | null])[] = [
  ["true", "boolean", "true"],
  ["(-128)::TINYINT", "smallint", "-128"],
  ["255::UTINYINT", "smallint", "255"],
  ["65535::USMALLINT", "integer", "65535"],
  ["4294967295::UINTEGER", "bigint", "4294967295"],
  ["(-9223372036854775808)::BIGINT", "bigint", "-9223372036854775808"],
  ["18446744073709551615::UBIGINT", "numeric(20,0)", "18446744073709551615"],
  ["99999999999999999999999999999999999999::HUGEINT", "numeric(38,0)", "99999999999999999999999999999999999999"],
  ["sum(x) FROM (VALUES (9007199254740993), (9007199254740993), (1)) v(x)", "numeric(38,0)", "18014398509481987"],
  ["1234567890123456.78::DECIMAL(18,2)", "numeric(18,2)", "1234567890123456.78"],
  ["0.1::FLOAT", "real", "0.1"],
  ["0.1::DOUBLE", "double precision", "0.1"],
  ["'nan'::DOUBLE", "double precision", "NaN"],
  ["'-inf'::DOUBLE", "double precision", "-Infinity"],
  ["'é漢😀 \"quoted\", \\N\n,'", "text", 'é漢😀 "quoted", \\N\n,'],
  ["''", "text", ""],
  ["NULL::VARCHAR", "text", null],
  ["NULL", "integer", null],
  ["'\\x00\\xFF'::BLOB", "bytea", "\\x00ff"],
  ["'2f1c2a6e-0000-4000-8000-000000000001'::UUID", "uuid", "2f1c2a6e-0000-4000-8000-000000000001"],
  ["'0101'::BIT", "bit varying", "0101"],
  ["'b'::ENUM('a', 'b')", "text", "b"],
  ["'2024-02-29'::DATE", "date", "2024-02-29"],
  ["'infinity'::DATE", "date", "infinity"],
  ["'4713-01-01 (BC)'::DATE", "date", "4713-01-01 BC"],
  ["'23:59:59.999999'::TIME", "time without time zone", "23:59:59.999999"],
  ["'12:00:00+05:30'::TIMETZ", "time with time zone", "12:00:00+05:30"],
  ["'2024-01-01 00:00:00.123456'::TIMESTAMP", "timestamp without time zone", "2024-01-01 00:00:00.123456"],
  ["'2024-01-01 00:00:01'::TIMESTAMP_S", "timestamp without time zone", "2024-01-01 00:00:01"],
  ["'2024-01-01 00:00:01.5'::TIMESTAMP_MS", "timestamp without time zone", "2024-01-01 00:00:01.5"],
  ["'2024-01-01 00:00:00.123456'::TIMESTAMP_NS", "timestamp without time zone", "2024-01-01 00:00:00.123456"],
  ["'-infinity'::TIMESTAMP", "timestamp without time zone", "-infinity"],
  ["'0044-03-15 (BC) 12:00:00'::TIMESTAMP", "timestamp without time zone", "0044-03-15 12:00:00 BC"],
  ["'2024-01-01 00:00:00+02'::TIMESTAMPTZ", "timestamp with time zone", "2023-12-31 22:00:00+00"],
  ["'infinity'::TIMESTAMPTZ", "timestamp with time zone", "infinity"],
  ["INTERVAL '14 months -3 days 04:05:06.000007'", "interval", "1 year 2 mons -3 days +04:05:06.000007"],
  ["[1, NULL, 3]", "integer[]", "{1,NULL,3}"],
  ["['a', 'b,\"c\\', NULL, '', 'NULL']", "text[]", '{a,"b,\\"c\\\\",NULL,"","NULL"}'],
  ["[]::INTEGER[]", "integer[]", "{}"],
  ["NULL::INTEGER[]", "integer[]", null],
  ["[1, 2]::HUGEINT[]", "numeric(38,0)[]", "{1,2}"],
  ["['\\xFF'::BLOB]", "bytea[]", '{"\\\\xff"}'],
  ["list_value('a'::ENUM('a', 'b'))", "text[]", "{a}"],
  ["array_value(1.5::DOUBLE, 2.5)", "double precision[]", "{1.5,2.5}"],
  ["['2024-01-01 00:00:00+02'::TIMESTAMPTZ]", "timestamp with time zone[]", '{"2023-12-31 22:00:00+00"}'],
  ["[[1, 2], [3]]", "jsonb", "[[1, 2], [3]]"],
  ["{'a': 1, 'b c': ['x'], 'h': 9007199254740993::HUGEINT}", "jsonb", '{"a": 1, "h": 9007199254740993, "b c": ["x"]}'],
  ["row(1, 'two')", "jsonb", '{"": 1, "_1": "two"}'],
  ["MAP {'k': 1.5}", "jsonb", '{"k": 1.5}'],
  ["union_value(num := 7)", "jsonb", '{"num": 7}'],
  ['\'{"b": [1, null], "a": "\\u00e9"}\'::JSON', "jsonb", '{"a": "é", "b": [1, null]}'],
];

describe.each([{ withoutExtension: false }, { withoutExtension: true }])(
  "values arrive exactly, $withoutExtension",
  (how) => {
    it.each(held)("%s", async (value, type, text) => {
      await bench.client.query("drop table if exists public.held");
      const sql = value.includes(" FROM ")
        ? `SELECT ${value.replace(" FROM ", " AS v FROM ")}`
        : `SELECT ${value} AS v`;
      expect(await bench.write(sql, { table: "held", mode: "full" }, how)).toMatchObject({
        error: null,
        status: "SUCCESS",
      });
      const found = await bench.rows(
        "select format_type(atttypid, atttypmod), (select v::text from held) from pg_attribute where attrelid = 'held'::regclass and attnum = 1",
      );
      expect(found).toEqual([[type, text]]);
    });
  },
);

/** A value in row 3 of 4 that has no place, and the words that say why. */
const refused: readonly (readonly [string, string, RegExp])[] = [
  ["chr(0)", "VARCHAR", /zero byte/],
  ["['a', chr(0)]", "VARCHAR[]", /zero byte/],
  ["'5881580-07-10'::DATE", "DATE", /does not reach/],
  ["'4714-11-23 (BC)'::DATE", "DATE", /does not reach/],
  ["'290308-12-22 (BC)'::TIMESTAMP", "TIMESTAMP", /does not reach/],
  ["['290308-12-22 (BC)'::TIMESTAMP]", "TIMESTAMP[]", /does not reach/],
  ["'290000-12-22 (BC) 00:00:00+00'::TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE", /does not reach/],
  ["'2024-01-01 00:00:00.123456789'::TIMESTAMP_NS", "TIMESTAMP_NS", /microseconds/],
  ["{'a': 'nan'::DOUBLE}", "STRUCT(a DOUBLE)", /no NaN/],
  ["{'a': chr(0)}", "STRUCT(a VARCHAR)", /zero byte/],
  ['\'{"a": "\\u0000"}\'::JSON', "JSON", /zero byte/],
];

describe.each([{ withoutExtension: false }, { withoutExtension: true }])(
  "values that do not fit are shown, $withoutExtension",
  (how) => {
    it.each(refused)("%s", async (value, type, why) => {
      await bench.client.query(
        "drop table if exists public.held; create table public.held (i integer, v text); insert into held values (9, 'old')",
      );
      const sql = `SELECT i::INTEGER AS i, CASE WHEN i = 3 THEN ${value} END AS v FROM range(1, 5) r(i) ORDER BY i`;
      const result = await bench.write(sql, { table: "fresh_held", mode: "full" }, how);
      expect(result.error).toMatchObject({ code: "value_not_representable", params: { column: "v", row: 3, type } });
      expect(result.error?.message).toMatch(why);
      expect(await bench.rows("select to_regclass('fresh_held')")).toEqual([[null]]);
    });

    it("NaN inside quoted text is text", async () => {
      expect(
        await bench.write("select {'a': 'NaN \"and\" Infinity'} as v", { table: "public.texts", mode: "full" }, how),
      ).toMatchObject({ error: null });
    });
  },
);

describe("names", () => {
  const odd = 'Odd "name"; drop table students; -- \' é';
  const long = "n".repeat(63);

  it.each([{ withoutExtension: false }, { withoutExtension: true }])(
    "odd names are only names, $withoutExtension",
    async (how) => {
      await bench.client.query("create table if not exists students (id integer)");
      const quoted = odd.replaceAll('"', '""');
      const sql = `select 1 as "${quoted}", 'x' as "${long}", 2 as "select"`;
      const table = `"${quoted}"."${quoted} t"`;
      for (const options of [
        { table, mode: "full" },
        { table, mode: "full", unique_keys: [odd] },
        { table, mode: "upsert_by_key", unique_keys: [odd] },
        { table, mode: "append", unique_keys: ["select"] },
      ]) {
        expect(await bench.write(sql, options, { ...how, node: "transform.x" })).toMatchObject({ error: null });
      }
      expect(await bench.rows(`select * from ${table}`)).toEqual([[1, "x", 2]]);
      expect(await bench.rows("select count(*) from students")).toEqual([["0"]]);
      await bench.client.query(`drop schema "${quoted}" cascade`);
    },
  );

  it("PostgreSQL would cut longer names: refused", async () => {
    const column = await bench.write(`select 1 as "${"n".repeat(64)}"`, { table: "held", mode: "full" });
    expect(column.error?.code).toBe("column_name_too_long");
    const bytes = await bench.write(`select 1 as "${"é".repeat(32)}"`, { table: "held", mode: "full" });
    expect(bytes.error).toMatchObject({ code: "column_name_too_long", params: { bytes: 64 } });
    const table = await bench.write("select 1 as a", { table: "t".repeat(64), mode: "full" });
    expect(table.error).toMatchObject({ code: "postgres_name_too_long", node: "transform.orders" });
    const longest = await bench.write("select 1 as a", {
      table: `${long}.${long}`,
      mode: "upsert_by_key",
      unique_keys: ["a"],
    });
    expect(longest).toMatchObject({ status: "SUCCESS", error: null });
    await bench.client.query(`drop schema "${long}" cascade`);
  });
});

it("no stage is left behind", async () => {
  expect(await bench.stages()).toEqual([]);
});
