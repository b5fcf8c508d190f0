// Wrong keys, servers that are away, killed processes, cancelled runs: the old table stays, nothing half written.

import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { materializing, type Materializing } from "../../../test-support/materializing.ts";
import { postgresClient } from "../postgres/index.ts";
import { sweepStages } from "./index.ts";

let bench: Materializing;
beforeAll(async () => {
  bench = await materializing();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(async () => {
  await bench.client.query(`
    drop schema if exists mart cascade; drop schema if exists _headrace cascade; create schema mart;
    create table mart.orders (id bigint, name text); insert into mart.orders values (1, 'old')`);
});

const old = [["1", "old"]];
const all = () => bench.rows("select * from mart.orders order by id limit 3");
const full = { table: "mart.orders", mode: "full" };
const upsert = { table: "mart.orders", mode: "upsert_by_key", unique_keys: ["id"] };
const many = "select i as id, 'name ' || i as name from range(1200000) r(i)";

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

const backends = () =>
  bench.rows(
    "select pid from pg_stat_activity where application_name like 'headrace:run-%' and state = 'active' and pid <> pg_backend_pid()",
  );

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await condition()) return;
    await sleep(25);
  }
  throw new Error("it did not happen in time");
};

/** Rows are on their way into a stage. */
const loading = () =>
  until(
    async () => (await bench.rows("select 1 from pg_stat_progress_copy where bytes_processed > 1000000")).length > 0,
  );

/** Passes everything on, but cuts the connection after it has handed the ledger's COMMIT to the server. */
const proxyThatSwallowsOneCommit = async (to: { readonly host: string; readonly port: number }) => {
  let swallowed = 0;
  const server = createServer((client) => {
    const upstream = connect(to.port, to.host);
    let publishes = false;
    client.on("data", (data) => {
      const text = data.toString("latin1");
      publishes ||= text.includes("insert into") && text.includes("ledger");
      upstream.write(data);
      if (!publishes || swallowed > 0 || !text.includes("commit")) return;
      swallowed += 1;
      upstream.unpipe(client);
      upstream.once("data", () => client.destroy());
      upstream.resume();
    });
    upstream.pipe(client);
    for (const socket of [client, upstream]) socket.on("error", () => undefined);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    swallowed: () => swallowed,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

describe("interruptions", () => {
  it.each([{ withoutExtension: false }, { withoutExtension: true }])(
    "cancelling stops the server's work and leaves the old table, $withoutExtension",
    async (how) => {
      const abort = new AbortController();
      const writing = bench.write(many, full, { ...how, signal: abort.signal });
      const outcome = writing.then(
        () => null,
        (error: unknown) => error,
      );
      await loading();
      abort.abort();
      expect(await outcome).toMatchObject({ code: "cancelled" });
      await until(async () => (await backends()).length === 0);
      expect(await all()).toEqual(old);
      expect(await bench.stages()).toEqual([]);
    },
  );

  it("a killed connector host fails this target only", async () => {
    const writing = bench.write(many, full);
    await loading();
    for (const pid of bench.connectors.pids()) process.kill(pid, "SIGKILL");
    expect(await writing).toMatchObject({ status: "FAILED", error: { code: "sql_host_lost" } });
    expect(await all()).toEqual(old);
    expect(await bench.stages()).toEqual([]);
    expect(await bench.write("select 2::bigint as id, 'b' as name", full)).toMatchObject({
      status: "SUCCESS",
      error: null,
    });
  });

  it.each([{ withoutExtension: false }, { withoutExtension: true }])(
    "a backend that ends while rows are loaded is survived by another try, $withoutExtension",
    async (how) => {
      const writing = bench.write(many, full, how);
      await loading();
      await bench.rows("select pg_terminate_backend(pid) from pg_stat_progress_copy");
      expect(await writing).toMatchObject({ status: "SUCCESS", error: null, inserted: 1_200_000, deleted: 1 });
      expect(await bench.stages()).toEqual([]);
    },
  );

  it("a COMMIT whose answer never arrives is not done twice", async () => {
    await using proxy = await proxyThatSwallowsOneCommit(bench.connection);
    const connection = { ...bench.connection, port: proxy.port };
    const options = { table: "mart.orders", mode: "append" };
    expect(await bench.write("select 2::bigint as id, 'b' as name", options, { connection })).toMatchObject({
      error: null,
      inserted: 1,
    });
    expect(proxy.swallowed()).toBe(1);
    expect(await all()).toEqual([...old, ["2", "b"]]);
    expect(await bench.rows("select count(*) from _headrace.ledger")).toEqual([["1"]]);
  });

  it("a backend that ends in the middle of the publication is survived by another try", async () => {
    await using other = await postgresClient(bench.connection, { applicationName: "other" });
    await other.query("begin; lock table mart.orders in access exclusive mode");
    const writing = bench.write("select 2::bigint as id, 'b' as name", { ...full, unique_keys: ["id"] });
    const waiting =
      "select pid from pg_stat_activity where application_name like 'headrace:run-1%' and wait_event_type = 'Lock'";
    await until(async () => (await bench.rows(waiting)).length > 0);
    await bench.rows(`select pg_terminate_backend(pid) from (${waiting}) w`);
    await other.query("rollback");
    expect(await writing).toMatchObject({ status: "SUCCESS", error: null, inserted: 1, deleted: 1 });
    expect(await bench.rows("select * from mart.orders")).toEqual([["2", "b"]]);
    expect(await bench.stages()).toEqual([]);
    expect(await bench.rows("select count(*) from _headrace.ledger")).toEqual([["1"]]);
  });

  it("stages of dead runs are swept, those of living runs and other tables are not", async () => {
    await bench.client.query(`create schema _headrace;
      create table _headrace.headrace_stage_000000000000_000000000001 (a int); comment on table _headrace.headrace_stage_000000000000_000000000001 is '{"run":"dead","node":"n","target":"t"}';
      create table mart.headrace_stage_000000000000_000000000002 (a int); comment on table mart.headrace_stage_000000000000_000000000002 is '{"run":"dead","node":"n","target":"t"}';
      create table _headrace.headrace_stage_000000000000_000000000003 (a int); comment on table _headrace.headrace_stage_000000000000_000000000003 is '{"run":"alive","node":"n","target":"t"}';
      create table mart.headrace_stage_of_ours (a int); create table mart.headrace_stage_000000000000_000000000004 (a int)`);
    expect(await sweepStages(bench.client, (run) => run === "alive")).toEqual([
      "_headrace.headrace_stage_000000000000_000000000001",
      "mart.headrace_stage_000000000000_000000000002",
    ]);
    expect((await bench.stages()).length).toBe(3);
    await bench.client.query("drop schema _headrace cascade");
  });
});

/** The stage of another run, whose session ends when this returns. */
const killedRun = async (): Promise<void> => {
  await using other = await postgresClient(bench.connection, { applicationName: "another run" });
  await other.query(`create schema if not exists _headrace;
    create unlogged table _headrace.headrace_stage_00000000000a_00000000000b (id bigint);
    comment on table _headrace.headrace_stage_00000000000a_00000000000b is '{"run":"killed","node":"n","target":"t"}';
    select pg_advisory_lock(hashtextextended('headrace-stage:headrace_stage_00000000000a_00000000000b', 0))`);
  // While its session lives, nobody sweeps its stage.
  expect(await bench.write("select 2::bigint as id, 'b' as name", full)).toMatchObject({ error: null });
  expect(await bench.stages()).toEqual(["headrace_stage_00000000000a_00000000000b"]);
};

it("the next write removes what a killed run left, once its session is gone", async () => {
  await killedRun();
  expect(await bench.write("select 3::bigint as id, 'c' as name", full)).toMatchObject({ error: null });
  expect(await bench.stages()).toEqual([]);
});

describe("readers", () => {
  it.each([{ unique_keys: ["id"] }, {}])("see the old table or the new one, and never wait, %o", async (key) => {
    const version = (n: number) => `select i as id, 'version ${n}' as name from range(2000) r(i)`;
    await bench.write(version(0), full);
    await using reader = await postgresClient(bench.connection, { applicationName: "reader" });
    const reading = new AbortController();
    const seen = new Set<string>();
    let slowest = 0;
    const reads = (async () => {
      while (!reading.signal.aborted) {
        const started = performance.now();
        const { rows } = await reader.query<{ n: string; low: string; high: string }>(
          "select count(*) as n, min(name) as low, max(name) as high from mart.orders",
        );
        slowest = Math.max(slowest, performance.now() - started);
        const [row] = rows;
        seen.add(`${row?.n} ${row?.low === row?.high}`);
      }
    })();
    for (let n = 1; n <= 5; n += 1)
      expect(await bench.write(version(n), { ...full, ...key })).toMatchObject({ status: "SUCCESS" });
    reading.abort();
    await reads;
    expect([...seen]).toEqual(["2000 true"]);
    expect(slowest).toBeLessThan(2000);
  });

  it("two writers of one table take turns", async () => {
    const rows = (n: number) => `select i as id, 'writer ${n}' as name from range(500) r(i)`;
    const results = await Promise.all([1, 2, 3].map((n) => bench.write(rows(n), upsert, { node: `transform.w${n}` })));
    expect(results.map((result) => result.error)).toEqual([null, null, null]);
    expect(await bench.rows("select count(*), count(distinct name) from mart.orders")).toEqual([["500", "1"]]);
  });
});
