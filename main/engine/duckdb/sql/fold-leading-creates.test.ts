import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";

import { foldLeadingCreates } from "./fold-leading-creates.ts";

const rowsOf = async (sql: string): Promise<string> => {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("create table orders as select 1 as id union all select 2 order by id");
    return JSON.stringify((await connection.runAndReadAll(sql)).getRowsJson());
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

describe("foldLeadingCreates", () => {
  it.each([
    ["a table", "CREATE TEMP TABLE a AS SELECT id + 1 AS id FROM orders;\nSELECT * FROM a"],
    ["a view with columns", "create or replace temporary view a(x) as select id from orders; select x * 2 from a"],
    [
      "two, the second on the first",
      "CREATE TEMP VIEW a AS FROM orders; CREATE TEMP VIEW b AS FROM a WHERE id > 1; FROM b",
    ],
    ["before a WITH", "CREATE TEMP VIEW a AS FROM orders; WITH b AS (FROM a) SELECT max(id) FROM b"],
    [
      "before a recursive WITH",
      "CREATE TEMP TABLE a AS FROM orders; WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n, id FROM r, a ORDER BY ALL",
    ],
    ["its own WITH inside", "CREATE TEMP TABLE a AS WITH q AS (FROM orders) FROM q; SELECT count(*) FROM a"],
    ["the name of what it reads", "CREATE TEMP TABLE orders AS SELECT id * 10 AS id FROM orders; SELECT * FROM orders"],
    [
      "comments and strings",
      "CREATE TEMP TABLE /* ; */ a AS SELECT ';--' AS s -- the last; line\n; SELECT s FROM a; -- end",
    ],
    ["an odd name", 'CREATE TEMP TABLE IF NOT EXISTS "a;b" AS SELECT 3 AS id; SELECT * FROM "a;b"'],
  ])("runs alike with %s", async (_what, text) => {
    const folded = foldLeadingCreates(text);
    expect(folded).not.toBe(text);
    const own = /TABLE orders/.test(text)
      ? text.replaceAll("TABLE orders", "TABLE temp.orders").replace("FROM orders;", "FROM main.orders;")
      : text;
    expect(await rowsOf(folded)).toBe(await rowsOf(own));
  });

  it("keeps the offset and the line of everything else", () => {
    const text = "CREATE TEMP TABLE\n  a AS\nSELECT 1 AS one;\n\nSELECT wrong FROM a";
    const folded = foldLeadingCreates(text);
    expect(folded.indexOf("wrong")).toBe(text.indexOf("wrong"));
    expect(folded.split("\n")).toHaveLength(text.split("\n").length);
    expect(folded.split("\n").at(-1)).toBe("SELECT wrong FROM a");
  });

  it.each([
    ["no create", "select 1"],
    ["a lasting table", "CREATE TABLE a AS SELECT 1; SELECT * FROM a"],
    ["a schema", "CREATE TEMP TABLE s.a AS SELECT 1; SELECT 1"],
    ["columns without a query", "CREATE TEMP TABLE a (x INTEGER); SELECT 1"],
    ["another statement between", "CREATE TEMP TABLE a AS SELECT 1; DROP TABLE b; SELECT 1"],
    ["nothing after it", "CREATE TEMP TABLE a AS SELECT 1;"],
    ["the word in a string", "select 'create temp table a as select 1; select 2'"],
  ])("leaves %s alone", (_what, text) => {
    expect(foldLeadingCreates(text)).toBe(text);
  });
});
