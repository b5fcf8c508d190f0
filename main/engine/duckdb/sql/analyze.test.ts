import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { serializeStatements } from "../host/serialize-statements.ts";
import { type Analysis, analyzeStatement } from "./analyze.ts";

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:");
});
afterAll(() => instance.closeSync());

const analyze = async (sql: string): Promise<Analysis> => {
  const connection = await instance.connect();
  try {
    const [json = ""] = await serializeStatements(connection, [sql]);
    return analyzeStatement(sql, json);
  } finally {
    connection.closeSync();
  }
};
const names = async (sql: string) => (await analyze(sql)).references.map(({ name }) => name);

describe("references", () => {
  it.each<[string, readonly string[]]>([
    ["select * from ref('transform.a')", ["transform.a"]],
    ['select * from ref("transform.a")', ["transform.a"]],
    ["select * from transform.a join source.b using (id)", ["transform.a", "source.b"]],
    ["select * from input_1, input_0, __THIS__, source", ["input_1", "input_0", "__THIS__", "source"]],
    ["from a.b", ["a.b"]],
    ["table a", ["a"]],
    ["with a as (select * from x) select * from a join y on true", ["x", "y"]],
    ["with x as (select * from x) select * from x", ["x"]],
    ["with A as (from x) select * from a", ["x"]],
    ["with a as (from x), b as (from a) from b", ["x"]],
    ["with a as (from x) select * from main.a", ["x", "main.a"]],
    ["select * from (with a as (from x) from a), a", ["x", "a"]],
    ["with recursive r as (select 1 as n from x union all select n + 1 from r, y where n < 3) from r", ["x", "y"]],
    ["with recursive r(n) using key (n) as (select 1 union select n from r) from r", []],
    ["with a as materialized (from x) from a", ["x"]],
    ["select (select max(v) from y where y.id = x.id) from x", ["y", "x"]],
    ["select * from x where exists (from y) and id in (select id from z)", ["x", "y", "z"]],
    ["select * from x union all select * from y except from z", ["x", "y", "z"]],
    ["select * from x, lateral (select * from y where y.id = x.id)", ["x", "y"]],
    ["select * from x asof join y using (t) positional join z", ["x", "y", "z"]],
    ["pivot x on a in (1, 2) using sum(b)", ["x"]],
    ["from x pivot (sum(a) for b in (1, 2))", ["x"]],
    ["unpivot x on a, b into name n value v", ["x"]],
    ["describe x", ["x"]],
    ["summarize x", ["x"]],
    ["values (1), (2)", []],
    ["select * from range(3) r(i), unnest([1]) u", []],
    ["select 'from x' as \"from y\" -- from z\n/* from w */", []],
    ["select $$ from x $$", []],
    ["from query_table('a')", ["a"]],
    ["from query_table(['a', 'b'])", ["a", "b"]],
    ["select list_transform([1], lambda v: v + (select max(id) from x))", ["x"]],
    ["select * from x qualify row_number() over (order by (select 1 from y)) = 1", ["x", "y"]],
    ["select count(*) filter (where a in (from y)) from x", ["y", "x"]],
    ["select * from x order by (select 1 from y) limit (select 1 from z)", ["x", "y", "z"]],
    ["select * from x at (version => 1)", ["x"]],
    ['select * from "odd name"."t""x"', ['odd name.t"x']],
    ["select * from 'data.csv'", ["data.csv"]],
  ])("%s", async (sql, expected) => {
    expect((await analyze(sql)).error).toBeNull();
    expect(await names(sql)).toEqual(expected);
  });

  it("gives offsets in characters, not bytes", async () => {
    const sql = "select 'größe 🦆' from transform.a join ref('b.c') on true";
    const { references } = await analyze(sql);
    expect(references.map(({ offset }) => offset)).toEqual([sql.indexOf("transform.a"), sql.indexOf("ref(")]);
  });
});

describe("errors", () => {
  it.each([
    ["", "sql_not_select", /nothing/],
    ["-- only a comment", "sql_not_select", /nothing/],
    ["select 1; select 2", "sql_not_select", /2 statements/],
    ["create table a as select 1", "sql_not_select", /CREATE TABLE/],
    ["create or replace view v as select 1", "sql_not_select", /CREATE OR REPLACE/],
    ["insert into a values (1)", "sql_not_select", /INSERT/],
    ["update a set b = 1", "sql_not_select", /UPDATE/],
    ["copy a to 'x'", "sql_not_select", /COPY/],
    ["attach 'x'", "sql_not_select", /ATTACH/],
    ["explain select 1", "sql_not_select", /EXPLAIN/],
    ["set threads = 1", "sql_not_select", /SET/],
    ["pragma database_list", "sql_not_select", /PRAGMA/],
    ["call pragma_version()", "sql_not_select", /CALL/],
    ["with a as (select 1) insert into b from a", "sql_not_select", /INSERT/],
    ["select 1; drop table a", "sql_not_select", /DROP TABLE/],
    ["selec 1", "sql_syntax", /selec/],
    ["select from where", "sql_syntax", /syntax/],
    ["select 'open", "sql_syntax", /unterminated/],
    ["select 1) to '/tmp/x' (format csv", "sql_syntax", /\)/],
    ["pivot x on a using sum(b)", "sql_unlistable", /IN \(value/],
    ["with p as (pivot x on a using sum(b)) from p", "sql_unlistable", /IN \(value/],
    ["from query('select 1')", "sql_unlistable", /query/],
    ["from query_table(a || 'b')", "sql_unlistable", /query_table/],
    ["select x::enum('a', 'b')[] from t", "sql_unlistable", /ENUM inside/],
    ["select ?, $a", "sql_unlistable", /named and positional/],
    ["from ref(a)", "sql_unlistable", /ref/],
    ["from ref('a' || 'b')", "sql_unlistable", /ref/],
    ["from ref('a', 'b')", "sql_unlistable", /ref/],
    ["select ref('a')", "sql_unlistable", /ref/],
    ["from json_execute_serialized_sql('{}')", "sql_unlistable", /json_execute/],
  ])("%s is %s", async (sql, code, detail) => {
    const { error, references } = await analyze(sql);
    expect(error?.code).toBe(code);
    expect(error?.detail).toMatch(detail);
    expect(references).toEqual([]);
  });

  it("points at the place", async () => {
    const sql = "select 'größe 🦆',\n  1 +* 2 3";
    expect((await analyze(sql)).error?.offset).toBe(sql.indexOf("3"));
  });
});

describe("refused", () => {
  it.each([
    "from read_csv('/etc/passwd')",
    "from read_parquet('x')",
    "select * from glob('*')",
    "from duckdb_secrets()",
    "from duckdb_databases()",
    "from postgres_execute('a', 'b')",
    "from sqlite_scan('a', 'b')",
    "from enable_logging()",
    "select json_serialize_plan('select 1')",
    "show tables",
    "show all tables",
    "with a as (from read_text('x')) from a",
    "select (select content from read_text('x'))",
    "select getenv('HOME')",
  ])("%s", async (sql) => {
    expect((await analyze(sql)).refused).not.toEqual([]);
  });

  it("lets functions through that compute from their arguments alone", async () => {
    const sql = "select upper(a) from range(3) r(a), generate_series(1, 2), json_each('[1]'), unnest([1])";
    expect((await analyze(sql)).refused).toEqual([]);
  });
});

describe("volatile", () => {
  it.each<[string, readonly string[]]>([
    ["select now(), random()", ["now", "random"]],
    ["select current_timestamp, current_date, localtime", ["current_date", "current_timestamp", "localtime"]],
    ["select get_current_timestamp(), today(), uuid()", ["get_current_timestamp", "today", "uuid"]],
    ["select nextval('s'), txid_current(), setseed(0.5)", ["nextval", "setseed", "txid_current"]],
    ["select age(d) from t", ["age"]],
    ["select age(d, e) from t", []],
    ["from t using sample 3", ["sample"]],
    ["from t tablesample 10%", ["sample"]],
    ["from t tablesample reservoir(20%) repeatable (7)", []],
    ["with a as (select random() as r) from a", ["random"]],
    ["select d + interval '1 day', 'now()' from t", []],
  ])("%s", async (sql, expected) => {
    const { error, volatile } = await analyze(sql);
    expect(error).toBeNull();
    expect(volatile.map((name) => name.replace(/^get_/, "get_"))).toEqual(expected);
  });
});

describe("hash", () => {
  it.each([
    ["select a from t", "SELECT   a\nFROM t -- why"],
    ["select a, b from t where a = 1", "select a, /* x */ b from t where a=1"],
    ["from t select a", "select a from t"],
  ])("is the same for %j and %j", async (one, other) => {
    expect((await analyze(one)).hash).toBe((await analyze(other)).hash);
  });

  it.each([
    ["select a from t", "select b from t"],
    ["select 'query_location\":1,' from t", "select 'query_location\":2,' from t"],
    ["select a from t", "select a from u"],
    ["select a as x from t", "select a as y from t"],
    ["select 1", "select 1.0"],
    ["select $a", "select $b"],
  ])("differs for %j and %j", async (one, other) => {
    expect((await analyze(one)).hash).not.toBe((await analyze(other)).hash);
  });
});

describe("columnNames and parameters", () => {
  it.each<[string, readonly string[] | null]>([
    ["select a, t.b, c as d from t", ["a", "b", "d"]],
    ["select * from t", null],
    ["select a + 1 from t", null],
    ["select a as x from t union all select b from u", ["x"]],
    ["with q as (select 1) select a from q", ["a"]],
    ["values (1)", null],
    ["from t", null],
  ])("%s gives %j", async (sql, expected) => {
    expect((await analyze(sql)).columnNames).toEqual(expected);
  });

  it("lists parameters by name, and positional ones by number", async () => {
    expect((await analyze("select $b, $a, $b")).parameters).toEqual(["a", "b"]);
    expect((await analyze("select ?, ?")).parameters).toEqual(["1", "2"]);
    expect((await analyze("select '$a', $$ $b $$")).parameters).toEqual([]);
  });
});
