// A replacement that would harm what others built on a table is refused by name, and changes nothing.

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
