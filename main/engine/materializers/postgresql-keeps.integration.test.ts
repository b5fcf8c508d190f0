// What others built on a table survives a replacement, or the replacement is refused by name.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { materializing, type Materializing } from "../../../test-support/materializing.ts";

let bench: Materializing;
beforeAll(async () => {
  bench = await materializing();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(async () => {
  await bench.client.query(`
    drop schema if exists mart cascade; drop schema if exists _headrace cascade; create schema mart;
    create table mart.orders (name text, id integer, price numeric(10,2));
    insert into mart.orders values ('a', 1, 1.00), ('b', 2, 2.00), ('c', 3, 3.00)`);
});

const sql = (...rows: readonly [number, string, number][]): string =>
  `select * from (values ${rows.map(([id, name, price]) => `(${id}, '${name}', ${price}::decimal(10,2))`).join(", ")}) t(id, name, price)`;
const next = sql([2, "b", 2], [3, "C", 3], [4, "d", 4]);
const full = { table: "mart.orders", mode: "full" };
const all = () => bench.rows("select id, name, price from mart.orders order by id");
const replaced = [
  [2, "b", "2.00"],
  [3, "C", "3.00"],
  [4, "d", "4.00"],
];

describe("full keeps", () => {
  it("identity, grants, indexes, comments, dependent views, row security and publications, columns in any order", async () => {
    await bench.client.query(`
      drop role if exists reader_of_orders; create role reader_of_orders;
      create index orders_by_name on mart.orders (name);
      create view mart.dear as select name, price from mart.orders where price > 2;
      grant select on mart.orders to reader_of_orders;
      comment on table mart.orders is 'ours';
      comment on column mart.orders.price is 'in euros';
      alter table mart.orders enable row level security; create policy everyone on mart.orders using (true);
      alter table mart.orders replica identity full; create publication orders_out for table mart.orders`);
    const facts = () =>
      bench.rows(`select c.oid, c.relacl::text, obj_description(c.oid), col_description(c.oid, 3), c.relrowsecurity, c.relpersistence,
        (select string_agg(indexname, ',') from pg_indexes where schemaname = 'mart'), (select count(*) from pg_policies where schemaname = 'mart'),
        (select count(*) from pg_publication_tables where schemaname = 'mart')
        from pg_class c where c.oid = 'mart.orders'::regclass`);
    const before = await facts();
    const result = await bench.write(next, full);
    expect(result).toMatchObject({ status: "SUCCESS", error: null, inserted: 3, deleted: 3 });
    expect(await facts()).toEqual(before);
    expect(await all()).toEqual(replaced);
    expect(await bench.rows("select name, price from mart.dear order by 1")).toEqual([
      ["C", "3.00"],
      ["d", "4.00"],
    ]);
    await bench.client.query("drop publication orders_out; drop owned by reader_of_orders; drop role reader_of_orders");
  });

  it("children of a foreign key whose rows stay", async () => {
    await bench.client.query(`alter table mart.orders add primary key (id);
      create table mart.lines (order_id integer references mart.orders, item text); insert into mart.lines values (2, 'x'), (3, 'y')`);
    expect(await bench.write(next, full)).toMatchObject({
      status: "SUCCESS",
      inserted: 1,
      updated: 1,
      deleted: 1,
      unchanged: 1,
    });
    expect(await all()).toEqual(replaced);
    expect(await bench.rows("select count(*) from mart.lines")).toEqual([["2"]]);
  });

  it("a table written twice without changes: nothing is touched", async () => {
    await bench.client.query("alter table mart.orders add primary key (id)");
    await bench.write(next, full);
    const before = await bench.rows("select ctid, xmin, * from mart.orders order by id");
    expect(await bench.write(next, full)).toMatchObject({ status: "UNCHANGED", unchanged: 3 });
    expect(await bench.rows("select ctid, xmin, * from mart.orders order by id")).toEqual(before);
  });

  it("columns that the server fills: defaults, identities and generated ones", async () => {
    await bench.client.query(`alter table mart.orders add column key integer generated always as identity,
      add column twice numeric generated always as (price * 2) stored, add column loaded_at timestamptz default now()`);
    expect(await bench.write(next, full)).toMatchObject({ status: "SUCCESS", error: null });
    expect(
      await bench.rows("select id, twice, loaded_at is not null, key is not null from mart.orders order by 1"),
    ).toEqual([
      [2, "4.00", true, true],
      [3, "6.00", true, true],
      [4, "8.00", true, true],
    ]);
  });
});

describe("full, otherwise", () => {
  it("a key that repeats in the target without an index is no way to compare: all rows are replaced", async () => {
    await bench.client.query("insert into mart.orders values ('again', 2, 5), ('none', null, 5)");
    expect(await bench.write(next, { ...full, unique_keys: ["id"] })).toMatchObject({
      error: null,
      inserted: 3,
      deleted: 5,
    });
    expect(await all()).toEqual(replaced);
  });

  it("a table with rules, which cannot be merged into, when cascade accepts them", async () => {
    await bench.client.query(`alter table mart.orders add primary key (id); create table mart.seen (id integer);
      create rule note as on delete to mart.orders do also insert into mart.seen values (old.id)`);
    expect((await bench.write(next, full)).error).toMatchObject({
      code: "target_has_triggers",
      params: { triggers: ["rule note"] },
    });
    expect(await bench.write(next, { ...full, cascade: true })).toMatchObject({
      error: null,
      inserted: 1,
      updated: 1,
      deleted: 1,
      unchanged: 1,
    });
    expect(await all()).toEqual(replaced);
  });

  it.each(["full", "upsert_by_key", "append", "incremental_by_time"])("a partitioned table, %s", async (mode) => {
    await bench.client
      .query(`create table mart.days (id integer, day date, v integer, primary key (day, id)) partition by range (day);
      create table mart.days_1 partition of mart.days for values from ('2024-01-01') to ('2024-02-01');
      create table mart.days_2 partition of mart.days for values from ('2024-02-01') to ('2024-03-01');
      insert into mart.days values (1, '2024-01-05', 1), (2, '2024-02-05', 1)`);
    const rows =
      "select * from (values (1, date '2024-01-05', 2), (2, date '2024-02-05', 1), (3, date '2024-02-06', 1)) t(id, day, v)";
    const options = {
      table: "mart.days",
      mode,
      unique_keys: ["id", "day"],
      time_column: mode === "incremental_by_time" ? "day" : undefined,
    };
    const updated = mode === "append" ? 0 : 1;
    expect(await bench.write(rows, options)).toMatchObject({
      error: null,
      inserted: 1,
      updated,
      deleted: 0,
      unchanged: 2 - updated,
    });
    expect(await bench.rows("select id, v from mart.days order by id")).toEqual([
      [1, updated + 1],
      [2, 1],
      [3, 1],
    ]);
  });
});

describe("full refuses by name, and changes nothing", () => {
  const untouched = [
    [1, "a", "1.00"],
    [2, "b", "2.00"],
    [3, "c", "3.00"],
  ];

  it.each([
    ["on delete cascade", /1 rows of mart.lines would be deleted \(lines_order_id_fkey\)/, "target_children_affected"],
    ["on delete set null", /1 rows of mart.lines would lose the reference/, "target_children_affected"],
    ["on delete set default", /1 rows of mart.lines would be set to the default/, "target_children_affected"],
    ["", /lines_order_id_fkey/, "target_constraint_violated"],
  ])("children of vanished rows, %s", async (action, message, code) => {
    await bench.client.query(`alter table mart.orders add primary key (id);
      create table mart.lines (order_id integer references mart.orders ${action}, item text); insert into mart.lines values (1, 'x'), (2, 'y')`);
    const result = await bench.write(next, full);
    expect(result).toMatchObject({ status: "FAILED", error: { code, node: "transform.orders" } });
    expect(result.error?.message).toMatch(message);
    expect(await all()).toEqual(untouched);
    expect(await bench.rows("select order_id from mart.lines order by 1")).toEqual([[1], [2]]);
  });

  it("but does it with cascade: true", async () => {
    await bench.client.query(`alter table mart.orders add primary key (id);
      create table mart.lines (order_id integer references mart.orders on delete cascade); insert into mart.lines values (1), (2)`);
    expect(await bench.write(next, { ...full, cascade: true })).toMatchObject({ status: "SUCCESS" });
    expect(await bench.rows("select order_id from mart.lines order by 1")).toEqual([[2]]);
  });

  it("enabled row triggers", async () => {
    await bench.client.query(`create function mart.stop() returns trigger language plpgsql as 'begin return null; end';
      create trigger stop_all before delete on mart.orders for each row execute function mart.stop()`);
    const result = await bench.write(next, full);
    expect(result.error).toMatchObject({ code: "target_has_triggers", params: { triggers: ["trigger stop_all"] } });
    expect(await all()).toEqual(untouched);
    await bench.client.query("alter table mart.orders disable trigger stop_all");
    expect(await bench.write(next, full)).toMatchObject({ status: "SUCCESS" });
  });

  it("an empty result over a table with rows, unless it may", async () => {
    const empty = `${next} where false`;
    expect((await bench.write(empty, full)).error?.code).toBe("target_would_be_emptied");
    expect(await all()).toEqual(untouched);
    expect(await bench.write(empty, { ...full, allow_empty: true })).toMatchObject({ status: "SUCCESS", deleted: 3 });
  });

  it("dropping a column that a view, an index or a constraint needs", async () => {
    await bench.client.query(
      "create view mart.dear as select name from mart.orders where price > 2; create index by_price on mart.orders (price)",
    );
    const result = await bench.write("select 1 as id, 'a' as name", full);
    expect(result.error).toMatchObject({
      code: "target_column_in_use",
      params: { column: "price", change: "be dropped" },
    });
    expect(result.error?.message).toContain("view mart.dear");
    expect(result.error?.message).toContain("index mart.by_price");
    expect(await all()).toEqual(untouched);
  });

  it("a view in the target's place", async () => {
    await bench.client.query("create view mart.shown as select * from mart.orders");
    expect((await bench.write(next, { ...full, table: "mart.shown" })).error).toMatchObject({
      code: "target_not_table",
      params: { kind: "a view" },
    });
  });

  it("an unlogged table", async () => {
    await bench.client.query("alter table mart.orders set unlogged");
    expect((await bench.write(next, full)).error?.code).toBe("target_not_logged");
    expect(await all()).toEqual(untouched);
  });

  it("rows that row security hides", async () => {
    await bench.client.query(`drop role if exists limited; create role limited login password 'limited-secret';
      create schema if not exists _headrace; grant usage, create on schema mart, _headrace to limited; grant all on mart.orders to limited;
      alter table mart.orders enable row level security; create policy only_two on mart.orders using (id = 2)`);
    const connection = { ...bench.connection, user: "limited", password: "limited-secret" };
    const result = await bench.write(next, full, { connection });
    expect(result.error?.code).toBe("target_row_security");
    expect(await all()).toEqual(untouched);
    await bench.client.query("drop owned by limited cascade; drop role limited");
  });
});

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

it("no stage is left behind", async () => {
  expect(await bench.stages()).toEqual([]);
});
