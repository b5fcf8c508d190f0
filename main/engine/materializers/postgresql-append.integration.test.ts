// Each batch arrives once, and the ledger beside the table tells which have.

import { describe, expect, it } from "vitest";

import { oldOrders, targetBench } from "../../../test-support/targets/target-bench.ts";

const bench = targetBench(oldOrders);

describe("append", () => {
  const append = { table: "mart.log", mode: "append" };
  const batch = (n: number) => `select ${n} as n`;

  it("stops when the definition changed, and offers both ways on", async () => {
    await bench.write(batch(1), append);
    const stopped = await bench.write(batch(2), append, { definition: "second" });
    expect(stopped.error).toMatchObject({ code: "append_definition_changed", params: { batches: 1 } });
    expect(stopped.error?.next).toContain("replace");
    const anyway = { ...append, on_definition_change: "append" };
    expect(await bench.write(batch(2), anyway, { definition: "second" })).toMatchObject({ error: null, inserted: 1 });
    expect(await bench.write(batch(3), append, { definition: "second" })).toMatchObject({ error: null, inserted: 1 });
    const anew = { ...append, on_definition_change: "replace" };
    expect(await bench.write(batch(4), anew, { definition: "third" })).toMatchObject({
      error: null,
      inserted: 1,
      deleted: 3,
    });
    expect(await bench.write(batch(4), append, { definition: "third" })).toMatchObject({ status: "UNCHANGED" });
    expect(await bench.rows("select n from mart.log")).toEqual([[4]]);
  });

  it("starts again for a table that was dropped and made anew, but not for one that was restored", async () => {
    await bench.write(batch(1), append);
    await bench.client.query("drop table mart.log");
    expect(await bench.write(batch(1), append)).toMatchObject({ status: "SUCCESS", inserted: 1 });
    await bench.client.query(
      "create table mart.copy as table mart.log; drop table mart.log; alter table mart.copy rename to log",
    );
    expect(await bench.write(batch(1), append)).toMatchObject({ status: "UNCHANGED" });
  });

  it("two nodes append to one table, each its own batches", async () => {
    await bench.write(batch(1), append, { node: "transform.a" });
    expect(await bench.write(batch(1), append, { node: "transform.b" })).toMatchObject({ error: null, inserted: 1 });
    expect(await bench.write(batch(1), append, { node: "transform.a" })).toMatchObject({ status: "UNCHANGED" });
  });

  it("writes hashes, run and counts beside the table", async () => {
    await bench.write(batch(1), append, { runId: "run-7" });
    expect(
      await bench.rows(
        "select target_schema, target_table, run_id, node, mode, rows, inserted, length(output_hash), target_oid = 'mart.log'::regclass::oid::bigint from _headrace.ledger",
      ),
    ).toEqual([["mart", "log", "run-7", "transform.orders", "append", "1", "1", 64, true]]);
  });
});
