// Rows are told apart by their key, and what is no key is refused with its rows.

import { describe, expect, it } from "vitest";

import { old, oldOrders, targetBench, upsert } from "../../../test-support/targets/target-bench.ts";

const bench = targetBench(oldOrders);
const all = () => bench.rows("select * from mart.orders order by id limit 3");

describe("keys", () => {
  it("a NULL key is refused with its rows", async () => {
    const result = await bench.write(
      "select * from (values (1::bigint, 'a'), (null, 'b'), (null, 'c')) t(id, name)",
      upsert,
    );
    expect(result.error).toMatchObject({
      code: "key_null",
      node: "transform.orders",
      params: { count: 2, rows: ["row 2", "row 3"] },
    });
    expect(await all()).toEqual(old);
  });

  it("a key that repeats inside the batch is refused with its rows", async () => {
    const sql = "select * from (values (1::bigint, 'a'), (2, 'b'), (1, 'c'), (2, 'd'), (3, 'e')) t(id, name)";
    const result = await bench.write(sql, upsert);
    expect(result.error).toMatchObject({
      code: "key_repeated",
      params: { count: 2, rows: ["id=1 in rows 1, 3", "id=2 in rows 2, 4"] },
    });
    expect(await all()).toEqual(old);
  });

  it("several columns are one key", async () => {
    const options = { table: "mart.pairs", mode: "upsert_by_key", unique_keys: ["a", "B"] };
    const rows = (value: number) => `select * from (values (1, 1, ${value}), (1, 2, 2), (2, 1, 3)) t(a, b, v)`;
    expect(await bench.write(rows(1), options)).toMatchObject({ error: null, inserted: 3 });
    expect(await bench.write(rows(9), options)).toMatchObject({ error: null, inserted: 0, updated: 1, unchanged: 2 });
  });

  it("a unique index is made where it is missing; where it cannot be, the target's rows are named", async () => {
    expect(await bench.write("select 2::bigint as id, 'b' as name", upsert)).toMatchObject({
      error: null,
      inserted: 1,
    });
    expect(
      await bench.rows("select count(*) from pg_index where indrelid = 'mart.orders'::regclass and indisunique"),
    ).toEqual([["1"]]);
    await bench.client.query(
      "drop table mart.orders; create table mart.orders (id bigint, name text); insert into mart.orders values (1, 'x'), (1, 'y')",
    );
    const result = await bench.write("select 1::bigint as id, 'b' as name", upsert);
    expect(result.error?.code).toBe("upsert_index_impossible");
    expect(result.error?.message).toContain("(id)=(1) is duplicated");
  });

  it("two upserts in one process both arrive (the extension remembers tables)", async () => {
    const rows = (from: number, to: number, name: string) =>
      `select i as id, '${name}' as name from range(${from}, ${to}) r(i)`;
    for (let round = 0; round < 4; round += 1) {
      const result = await bench.write(rows(round * 10, round * 10 + 20, `round ${round}`), upsert, {
        runId: `run-${round}`,
      });
      expect(result).toMatchObject({ status: "SUCCESS", error: null, rows: 20 });
      expect(await bench.rows(`select count(*) from mart.orders where name = 'round ${round}'`)).toEqual([["20"]]);
    }
  });

  it("columns swapped in the target still get their own values", async () => {
    await bench.client.query("drop table mart.orders; create table mart.orders (name text, id bigint)");
    await bench.write("select 1::bigint as id, 'one' as name", upsert);
    expect(await bench.rows("select id, name from mart.orders")).toEqual([["1", "one"]]);
  });
});
