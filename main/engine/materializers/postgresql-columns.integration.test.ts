// Columns that differ from the target's are added, widened, left or refused by name; new tables are as the schema wants them.

import { describe, expect, it } from "vitest";

import {
  full,
  leaveNoStages,
  nextOrders as next,
  targetBench,
  threeOrders,
} from "../../../test-support/targets/target-bench.ts";

const bench = targetBench(threeOrders);
leaveNoStages(bench);

describe("columns", () => {
  const wider = "select 5 as id, 'e' as name, 5.5::decimal(18,4) as price, current_date as day";

  it("fail names every difference", async () => {
    const result = await bench.write(wider, { table: "mart.orders", mode: "append" });
    expect(result.error?.code).toBe("target_columns_differ");
    expect(result.error?.message).toContain("price is numeric(10,2) there and needs numeric(18,4)");
    expect(result.error?.message).toContain("day (date) is new");
    const fewer = await bench.write("select 5 as id, 'e' as name", { table: "mart.orders", mode: "append" });
    expect(fewer.error?.message).toContain("price is not in the result");
  });

  it("add_columns adds and widens, and leaves what is not in the result", async () => {
    const options = {
      table: "mart.orders",
      mode: "upsert_by_key",
      unique_keys: ["id"],
      on_schema_change: "add_columns",
    };
    const result = await bench.write("select 3 as id, 9.12345::decimal(18,5) as price, 'new' as note", options);
    expect(result).toMatchObject({ status: "SUCCESS", error: null, updated: 1, inserted: 0 });
    expect(await bench.rows("select id, name, price, note from mart.orders order by id")).toEqual([
      [1, "a", "1.00000", null],
      [2, "b", "2.00000", null],
      [3, "c", "9.12345", "new"],
    ]);
  });

  it("sync (the default of full) adds, widens and drops", async () => {
    expect(await bench.write("select 7::bigint as id, 'x' as label, 'g' as name", full)).toMatchObject({
      status: "SUCCESS",
      error: null,
    });
    expect(
      await bench.rows(
        "select attname, format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'mart.orders'::regclass and attnum > 0 and not attisdropped order by attnum",
      ),
    ).toEqual([
      ["name", "text"],
      ["id", "bigint"],
      ["label", "text"],
    ]);
  });

  it("a type that could lose values is refused by name", async () => {
    const result = await bench.write("select 'one' as id, 'a' as name, 1.0::decimal(10,2) as price", full);
    expect(result.error).toMatchObject({
      code: "target_type_lossy",
      params: { column: "id", there: "integer", here: "text", from: "VARCHAR" },
    });
  });

  it("widening a column that a view shows is refused by name", async () => {
    await bench.client.query("create view mart.shown as select id from mart.orders");
    const result = await bench.write("select 1::bigint as id, 'a' as name, 1.0::decimal(10,2) as price", full);
    expect(result.error).toMatchObject({ code: "target_column_in_use", params: { dependents: ["view mart.shown"] } });
  });

  it("a narrower result fits the wider column, which stays", async () => {
    await bench.client.query("alter table mart.orders alter column id type bigint, alter column price type numeric");
    expect(await bench.write("select 1::smallint as id, 'a' as name, 1.0::decimal(4,1) as price", full)).toMatchObject({
      status: "SUCCESS",
    });
    expect(await bench.rows("select pg_typeof(id)::text, price from mart.orders")).toEqual([["bigint", "1.0"]]);
  });

  it("names match without their capitals, as DuckDB's do", async () => {
    await bench.client.query('alter table mart.orders rename column name to "Name"');
    expect(await bench.write(next, full)).toMatchObject({ status: "SUCCESS", error: null });
    expect(await bench.rows('select "Name" from mart.orders order by id')).toEqual([["b"], ["C"], ["d"]]);
  });

  it("text goes into enums, domains and varchar(n) where every value fits, else column and row are named", async () => {
    await bench.client
      .query(`drop table mart.orders; create type mart.mood as enum ('good', 'bad'); create domain mart.code as varchar(3);
      create table mart.orders (id integer, mood mart.mood, code mart.code, place inet)`);
    const rows = (mood: string, code: string, place: string) =>
      `select 1 as id, 'good' as mood, 'abc' as code, '10.0.0.1' as place union all select 2, '${mood}', '${code}', '${place}' order by 1`;
    expect(await bench.write(rows("bad", "x", "::1"), full)).toMatchObject({ status: "SUCCESS", error: null });
    expect(await bench.rows("select * from mart.orders order by 1")).toEqual([
      [1, "good", "abc", "10.0.0.1"],
      [2, "bad", "x", "::1"],
    ]);
    for (const [wrong, column] of [
      [rows("ugly", "x", "::1"), "mood"],
      [rows("bad", "long", "::1"), "code"],
      [rows("bad", "x", "nowhere"), "place"],
    ] as const) {
      expect((await bench.write(wrong, full)).error).toMatchObject({
        code: "value_not_representable",
        params: { column, row: 2 },
      });
    }
    expect(await bench.rows("select count(*) from mart.orders")).toEqual([["2"]]);
  });
});

describe("new tables", () => {
  it("are logged, in a schema made for them, with the grants that the schema hands out", async () => {
    await bench.client.query(`drop role if exists reader_of_fresh; create role reader_of_fresh; create schema fresh;
      alter default privileges in schema fresh grant select on tables to reader_of_fresh`);
    expect(await bench.write(next, { table: "fresh.orders", mode: "full" })).toMatchObject({ status: "SUCCESS" });
    expect(
      await bench.write(next, { table: "brand_new.orders", mode: "upsert_by_key", unique_keys: ["id"] }),
    ).toMatchObject({ status: "SUCCESS" });
    expect(
      await bench.rows(`select relname, relpersistence, obj_description(oid), has_table_privilege('reader_of_fresh', oid, 'select') from pg_class
        where oid in ('fresh.orders'::regclass, 'brand_new.orders'::regclass) order by relnamespace::regnamespace::text`),
    ).toEqual([
      ["orders", "p", null, false],
      ["orders", "p", null, true],
    ]);
    await bench.client.query(
      "drop schema fresh, brand_new cascade; drop owned by reader_of_fresh; drop role reader_of_fresh",
    );
  });
});
