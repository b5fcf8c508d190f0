// Killed processes, lost connections, cancelled runs: the old table stays, nothing half written or left behind.

import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { full, many, old, oldOrders, targetBench } from "../../../test-support/targets/target-bench.ts";
import { postgresClient } from "../postgres/index.ts";
import { sweepStages } from "./index.ts";

const bench = targetBench(oldOrders);
const all = () => bench.rows("select * from mart.orders order by id limit 3");

const backends = () =>
  bench.rows(
    "select pid from pg_stat_activity where datname = current_database() and application_name like 'headrace:run-%' and state = 'active' and pid <> pg_backend_pid()",
  );

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await condition()) return;
    await sleep(25);
  }
  throw new Error("it did not happen in time");
};

/** Other tests' databases are on the same server. */
const copying = "from pg_stat_progress_copy where datname = current_database()";

/** Rows are on their way into a stage. */
const loading = () =>
  until(async () => (await bench.rows(`select 1 ${copying} and bytes_processed > 1000000`)).length > 0);

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
      await bench.rows(`select pg_terminate_backend(pid) ${copying}`);
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
      "select pid from pg_stat_activity where datname = current_database() and application_name like 'headrace:run-1%' and wait_event_type = 'Lock'";
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
