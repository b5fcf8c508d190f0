// What others built on a table survives a replacement.

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
