// Servers that are away, roles that may not, tables that are locked: the old table stays.

import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { full, many, old, oldOrders, targetBench } from "../../../test-support/targets/target-bench.ts";
import { postgresClient } from "../postgres/index.ts";

const bench = targetBench(oldOrders);
const all = () => bench.rows("select * from mart.orders order by id limit 3");

describe("servers", () => {
  it("a wrong password, a server that is down, a database that is not there", async () => {
    const wrong = await bench.write(many, full, { connection: { ...bench.connection, password: "not-the-password" } });
    expect(wrong).toMatchObject({
      status: "FAILED",
      error: { code: "postgres_password_wrong", node: "transform.orders" },
    });
    expect(JSON.stringify(wrong)).not.toContain("not-the-password");
    const down = await bench.write(many, full, { connection: { ...bench.connection, port: 1 } });
    expect(down.error?.code).toBe("postgres_unreachable");
    const missing = await bench.write(many, full, { connection: { ...bench.connection, database: "nowhere" } });
    expect(missing.error?.code).toBe("postgres_database_missing");
  });

  it("a role that may only read", async () => {
    await bench.client.query(
      "drop role if exists only_reads; create role only_reads login password 'only-reads-it'; grant usage on schema mart to only_reads; grant select on mart.orders to only_reads",
    );
    const connection = { ...bench.connection, user: "only_reads", password: "only-reads-it" };
    const result = await bench.write("select 2::bigint as id, 'b' as name", full, { connection });
    expect(result.error?.code).toBe("postgres_permission_denied");
    const appended = await bench.write(
      "select 2::bigint as id, 'b' as name",
      { ...full, mode: "append" },
      { connection },
    );
    expect(appended.error?.code).toBe("ledger_impossible");
    expect(await all()).toEqual(old);
    expect(await bench.stages()).toEqual([]);
    await bench.client.query("drop owned by only_reads; drop role only_reads");
  });

  it("a role that may write rows but create nothing: staged in a temporary table", async () => {
    await bench.client.query(
      "drop role if exists only_writes; create role only_writes login password 'only-writes-it'; grant usage on schema mart to only_writes; grant select, insert, update, delete on mart.orders to only_writes",
    );
    const connection = { ...bench.connection, user: "only_writes", password: "only-writes-it" };
    expect(await bench.write("select 2::bigint as id, 'b' as name", full, { connection })).toMatchObject({
      error: null,
      inserted: 1,
      deleted: 1,
    });
    expect(await bench.rows("select * from mart.orders")).toEqual([["2", "b"]]);
    const preview = await bench.preview("select 3::bigint as id, 'c' as name", full, { connection });
    expect(preview.warnings).toContain("the rows are staged in a temporary table: the user may create no other");
    await bench.client.query("drop owned by only_writes; drop role only_writes");
  });

  it("a table that somebody keeps locked", { timeout: 60_000 }, async () => {
    await using other = await postgresClient(bench.connection, { applicationName: "other" });
    await other.query("begin; lock table mart.orders in access exclusive mode");
    const waiting = bench.write("select 2::bigint as id, 'b' as name", { ...full, unique_keys: ["id"] });
    await sleep(7000);
    await other.query("rollback");
    expect(await waiting).toMatchObject({ status: "SUCCESS", error: null });
  });
});

it("a table that stays locked: the error names who holds it", { timeout: 90_000 }, async () => {
  await using other = await postgresClient(bench.connection, { applicationName: "the blocker" });
  await other.query("begin; lock table mart.orders in access exclusive mode");
  const result = await bench.write("select 2::bigint as id, 'b' as name", { ...full, unique_keys: ["id"] });
  expect(result.error?.code).toBe("target_locked");
  expect(result.error?.message).toContain("the blocker of headrace");
  await other.query("rollback");
  expect(await all()).toEqual(old);
  expect(await bench.stages()).toEqual([]);
});
