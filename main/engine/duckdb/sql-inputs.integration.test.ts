import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type SqlBench, sqlBench } from "../../../test-support/sql-bench.ts";

let bench: SqlBench;
beforeAll(async () => {
  bench = await sqlBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

describe("inputs", () => {
  it.each([
    ["ref", "select id, name from ref('transform.orders') order by id"],
    ["ref with spaces and a comment", "select id, name from ref ( /* which */ 'transform.orders' ) o order by o.id"],
    ["ref in other letters", "select id, name from REF('Transform.Orders') order by id"],
    ["kind.name", "select id, name from transform.orders order by id"],
    ["kind.name in columns", "select transform.orders.id, orders.name from transform.orders order by id"],
    ["kind.name in quotes", `select id, name from "transform"."orders" order by id`],
    ["input_0", "select id, input_0.name from input_0 order by id"],
    ["__THIS__", "select id, name from __THIS__ order by id"],
    ["source", "select source.id, name from source order by id"],
    ["an alias with columns", "select a as id, b as name from transform.orders as t(a, b) order by a"],
    ["a join with itself", "select a.id, b.name from input_0 a join ref('transform.orders') b using (id) order by id"],
    ["a comma join", "select a.id, b.name from input_0 a, transform.orders b where a.id = b.id order by 1"],
    ["a CTE of the same name", "with orders as (from transform.orders) select id, name from orders order by id"],
    [
      "a subquery",
      "select id, (select o.name from transform.orders o where o.id = i.id) as name from input_0 i order by id",
    ],
    ["FROM first", "from transform.orders order by id"],
    ["TABLE", "table transform.orders order by id"],
    ["UNION", "from (select * from input_0 where id = 1 union all select * from input_0 where id = 2) order by id"],
    ["a sample", "select id, name from transform.orders tablesample 100% order by id"],
    [
      "text in strings and comments",
      "select id, name from input_0 -- ref('nope')\nwhere name <> 'from ref(''nope'')' order by id",
    ],
    ["a column named ref", "select id, name from (select id, name, 1 as ref from input_0) where ref = 1 order by id"],
    ["query_table", "select id, name from query_table('transform.orders') order by id"],
  ])("are reached by %s", async (_how, sql) => {
    const orders = await bench.relation("transform.orders", "select * from (values (1, 'a'), (2, 'b')) t(id, name)");
    expect(await bench.rows(sql, { inputs: [orders] })).toEqual([
      ["1", "a"],
      ["2", "b"],
    ]);
  });

  it("keep their order: input_1 is the second", async () => {
    const one = await bench.relation("source.one", "select 'one' as v");
    const two = await bench.relation("transform.two", "select 'two' as v");
    const sql = "select input_0.v, input_1.v, __THIS__.v, (select v from source) from input_0, input_1, __THIS__";
    expect(await bench.rows(sql, { inputs: [one, two] })).toEqual([["one", "two", "one", "one"]]);
    expect(await bench.rows(sql, { inputs: [two, one] })).toEqual([["two", "one", "two", "two"]]);
  });

  it("may be called like a keyword or like the schema of another", async () => {
    const inputs = [
      await bench.relation("source.select", "select 1 as a"),
      await bench.relation("transform.source", "select 2 as b"),
      await bench.relation("source.transform", "select 3 as c"),
    ];
    const sql = `select a, b, c from ref('source.select'), transform.source, source.transform`;
    expect(await bench.rows(sql, { inputs })).toEqual([["1", "2", "3"]]);
    expect(await bench.rows(`select a from source."select"`, { inputs })).toEqual([["1"]]);
  });

  it("are read anew when their file or their columns change", async () => {
    for (const sql of ["select 1 as a", "select 'x' as b, 2 as c", "select 3::hugeint as a"]) {
      const inputs = [await bench.relation("transform.changing", sql)];
      const direct = await bench.rows(sql);
      expect(await bench.rows("from transform.changing", { inputs })).toEqual(direct);
      expect(await bench.rows("from query_table('transform.changing')", { inputs })).toEqual(direct);
    }
  });

  it("may lie in folders with odd names", async () => {
    const folder = `it's "odd" $x {y} größe`;
    await bench.folder.write({ [`${folder}/.keep`]: "" });
    const file = bench.folder.path(folder, "a=1 %20.parquet");
    const { columns } = await bench.hosts.writeParquet(bench.job("select 1 as v"), file, bench.signal);
    const inputs = [{ id: "transform.odd", file, columns }];
    expect(await bench.rows("from transform.odd", { inputs })).toEqual([["1"]]);
    expect(await bench.rows("select transform.odd.v from transform.odd", { inputs })).toEqual([["1"]]);
  });

  it("that are unknown are named, with the nearest ones", async () => {
    const columns = [{ name: "a", type: "INTEGER" }];
    const inputs = Array.from({ length: 40 }, (_, i) => ({ id: `transform.t${i}`, file: "/nowhere", columns }));
    await expect(bench.rows("select 1\nfrom transform.t400", { inputs })).rejects.toMatchObject({
      code: "sql_unknown_table",
      message: expect.stringMatching(/the nearest of its 40 inputs are transform\.t/) as string,
      params: { line: 2, column: 6 },
    });
    await expect(bench.rows("from t7", { inputs })).rejects.toMatchObject({ next: "Write ref('transform.t7')." });
    await expect(bench.rows("from input_40", { inputs })).rejects.toMatchObject({ code: "sql_unknown_table" });
  });

  it("that are missing are an error, not an empty table", async () => {
    const orders = await bench.relation("transform.gone", "select 1 as id");
    await bench.folder.remove("transform.gone.parquet");
    await expect(bench.rows("from input_0", { inputs: [orders] })).rejects.toMatchObject({
      code: "sql_input_unreadable",
      params: { input: "transform.gone" },
    });
  });
});
