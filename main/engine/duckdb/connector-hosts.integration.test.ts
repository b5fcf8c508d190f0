import { readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { temporaryDatabase, type TemporaryDatabase } from "../../../test-support/postgres.ts";
import { temporaryFolder, type TemporaryFolder } from "../../../test-support/temporary-folder.ts";
import { testDataDir } from "../../../test-support/temporary-project.ts";
import { postgresClient } from "../postgres/index.ts";
import { duckdbExtension } from "../provision/index.ts";
import { type ConnectorHostsOptions, createConnectorHosts, forkHost } from "./index.ts";
import type { Attachment, ConnectorHosts } from "./sql-host.ts";

const { signal } = new AbortController();
let folder: TemporaryFolder;
let hosts: ConnectorHosts;

const createHosts = (options: Partial<ConnectorHostsOptions> = {}): ConnectorHosts =>
  createConnectorHosts({
    spawnHost: forkHost,
    workers: 1,
    tempDirectory: folder.path("spill"),
    extensionFile: (name) =>
      duckdbExtension(name, { dataDir: testDataDir, environment: process.env, log: () => undefined }),
    ...options,
  });

beforeAll(async () => {
  folder = await temporaryFolder({ "orders.csv": "id,name\n1,a\n2,\n" });
  hosts = createHosts();
});
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const run = (steps: readonly string[], rest: Partial<Parameters<ConnectorHosts["run"]>[0]> = {}) =>
  hosts.run({ node: "source.orders", steps: steps.map((sql) => ({ sql })), ...rest }, signal);
const lite = (readOnly = false): Attachment => ({
  type: "sqlite",
  alias: "lite",
  readOnly,
  path: folder.path("lite.db"),
});

describe("steps", () => {
  it("run in order in one session and give the last one's rows as exact text", async () => {
    const { page, written } = await run([
      "create temp table t as select 0.1::decimal(38,20) as d, 9007199254740993 as b",
      "insert into t values (null, 1)",
      "select *, '' as e from t order by b desc",
    ]);
    expect(written).toBeNull();
    expect(page).toEqual({
      columns: [
        { name: "d", type: "DECIMAL(38,20)" },
        { name: "b", type: "BIGINT" },
        { name: "e", type: "VARCHAR" },
      ],
      rows: [
        ["0.10000000000000000000", "9007199254740993", ""],
        [null, "1", ""],
      ],
      totalRows: 2,
    });
  });

  it("see nothing of the job before", async () => {
    await run(["create temp table private as select 1"]);
    await expect(run(["from private"])).rejects.toMatchObject({ code: "connector_failed" });
  });

  it("bind parameters, a file's name among them", async () => {
    const steps = [
      {
        sql: "select id, name, $label as label from read_csv($file, columns = {'id': 'BIGINT', 'name': 'VARCHAR'}) where id = $id",
        params: { file: folder.path("orders.csv"), label: "it's", id: 1 },
      },
    ];
    const { page } = await hosts.run({ node: "source.orders", steps }, signal);
    expect(page.rows).toEqual([["1", "a", "it's"]]);
  });

  it("write the last SELECT as parquet, wide integers and all", async () => {
    const output = folder.path("output.parquet");
    const { written } = await run(
      ["select sum(id) as total from read_csv('orders.csv')".replace("orders.csv", folder.path("orders.csv"))],
      { output },
    );
    expect(written).toMatchObject({ rows: 1, columns: [{ name: "total", type: "HUGEINT" }] });
    const { page } = await run([`describe from read_parquet('${output}')`]);
    expect(page.rows[0]?.slice(0, 2)).toEqual(["total", "DECIMAL(38,0)"]);
  });

  it("leave nothing behind when they fail", async () => {
    const output = folder.path("failed.parquet");
    await expect(run(["select error('no') from range(3)"], { output })).rejects.toMatchObject({
      code: "connector_failed",
      node: "source.orders",
    });
    expect((await readdir(folder.root)).filter((name) => name.includes("failed"))).toEqual([]);
  });

  it("name column and row of a number that is too wide", async () => {
    const output = folder.path("wide.parquet");
    const steps = ["select 1::hugeint as n union all select 170141183460469231731687303715884105727"];
    await expect(run(steps, { output })).rejects.toMatchObject({
      code: "sql_value_too_large",
      params: { column: "n", row: "2" },
    });
  });

  it("stop when cancelled, and the next job runs", async () => {
    const controller = new AbortController();
    const steps = [{ sql: "select count(*) from range(1000000) a(i), range(1000000) b(j) where (i * j) % 7 = 3" }];
    const running = hosts.run({ node: "source.slow", steps }, controller.signal);
    setTimeout(() => controller.abort(), 300);
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    expect((await run(["select 1"])).page.rows).toEqual([["1"]]);
  });

  it("are lost with their host alone", async () => {
    const steps = [{ sql: "select count(*) from range(1000000) a(i), range(1000000) b(j) where (i * j) % 7 = 3" }];
    const running = hosts.run({ node: "source.slow", steps }, signal).catch((error: unknown) => error);
    await sleep(400);
    process.kill(hosts.pids()[0]!, "SIGKILL");
    expect(await running).toMatchObject({ code: "sql_host_lost", node: "source.slow" });
    expect((await run(["select 1"])).page.rows).toEqual([["1"]]);
  });
});

describe("extensions", () => {
  it("can be had, or it is said why not", async () => {
    expect(await hosts.extension("sqlite")).toEqual({ available: true, why: null });
    expect(await hosts.extension("postgres")).toEqual({ available: true, why: null });
    await folder.write({ "fake.duckdb_extension": "not an extension" });
    await using without = createHosts({
      extensionFile: async (name) => {
        if (name === "postgres") throw new Error("no network");
        return folder.path("fake.duckdb_extension");
      },
    });
    expect(await without.extension("postgres")).toEqual({ available: false, why: "no network" });
    const fake = await without.extension("sqlite");
    expect(fake.available).toBe(false);
    expect(fake.why).toMatch(/fake\.duckdb_extension/);
    const job = { node: "source.x", attach: [lite()], steps: [{ sql: "select 1" }] };
    await expect(without.run(job, signal)).rejects.toMatchObject({ code: "extension_unavailable", node: "source.x" });
  });
});

describe("sqlite", () => {
  it("is written and read, and detached between jobs", async () => {
    await run(["create table lite.t (a integer, b text)", "insert into lite.t values (1, 'x'), (2, null)"], {
      attach: [lite()],
    });
    const { page } = await run(["select * from lite.t order by a"], { attach: [lite(true)] });
    expect(page.rows).toEqual([
      ["1", "x"],
      ["2", null],
    ]);
    expect((await run(["select count(*) from duckdb_databases() where database_name = 'lite'"])).page.rows).toEqual([
      ["0"],
    ]);
  });

  it("attached for reading cannot be written", async () => {
    await expect(run(["insert into lite.t values (3, 'y')"], { attach: [lite(true)] })).rejects.toMatchObject({
      code: "connector_failed",
    });
  });

  it("may have any path", async () => {
    const attachment: Attachment = {
      ...lite(),
      alias: `odd "alias"`,
      path: folder.path('it\'s "odd".db'),
    } as Attachment;
    await run([`create table "odd ""alias""".t as select 1 as a`], { attach: [attachment] });
    expect(await readdir(folder.root)).toContain(`it's "odd".db`);
  });
});

describe("postgres", () => {
  let database: TemporaryDatabase;
  const attachment = (
    changes: Partial<{ password: string | null; port: number; readOnly: boolean }> = {},
  ): Attachment => ({
    type: "postgres",
    alias: "target",
    readOnly: changes.readOnly ?? false,
    connection: { ...database.connection, applicationName: "headrace:test/node", sslmode: "prefer", ...changes },
  });
  beforeAll(async () => {
    database = await temporaryDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it("takes stage after stage in one process, each with every row", async () => {
    await using client = await postgresClient(database.connection, { applicationName: "headrace:test" });
    for (let i = 0; i < 4; i++) {
      const steps = [
        `create table target.public.stage_${i} (id bigint, label varchar)`,
        `insert into target.public.stage_${i} select r, 'n' || r from range(${1000 + i}) t(r)`,
      ];
      const { page } = await run(steps, { attach: [attachment()] });
      expect(page.rows).toEqual([[String(1000 + i)]]);
      const { rows } = await client.query<{ n: string }>(`select count(*)::text as n from stage_${i}`);
      expect(rows[0]?.n).toBe(String(1000 + i));
      await client.query(`drop table stage_${i}`);
    }
  });

  it("sees a table that another client made again under the same name", async () => {
    await using client = await postgresClient(database.connection, { applicationName: "headrace:test" });
    for (const columns of ["a integer", "a text, b integer"]) {
      await client.query(`drop table if exists again; create table again (${columns})`);
      await run(["insert into target.public.again by name select '7' as a"], { attach: [attachment()] });
      expect((await client.query("select a::text from again")).rows).toEqual([{ a: "7" }]);
    }
  });

  it("knows who is connected by the application's name", async () => {
    const sql = "select * from postgres_query('target', 'select current_setting(''application_name'') as name')";
    expect((await run([sql], { attach: [attachment()] })).page.rows).toEqual([["headrace:test/node"]]);
  });

  it("tells no password, in no error and no catalogue", async () => {
    const password = `ge'heim "x" \\ y`;
    const wrong = await run(["select 1"], { attach: [attachment({ password })] }).catch(
      (error: unknown) => error as Error,
    );
    expect(wrong).toMatchObject({ code: "connector_failed" });
    for (const text of [JSON.stringify(wrong), (wrong as Error).message, String((wrong as Error).stack)]) {
      expect(text).not.toContain("heim");
    }
    const real = database.connection.password ?? "";
    const { page } = await run(["select path from duckdb_databases() where database_name = 'target'"], {
      attach: [attachment()],
    });
    expect(page.rows[0]?.[0] ?? "").not.toContain(real);
    const after = await run(["select count(*) from duckdb_secrets()"]);
    expect(after.page.rows).toEqual([["0"]]);
    const failing = run([`select error('${real} is secret')`], { attach: [attachment()] });
    await expect(failing).rejects.toThrow(/\*\*\* is secret/);
  });

  it("that cannot be reached is an error with the server's words", async () => {
    await expect(run(["select 1"], { attach: [attachment({ port: 1 })] })).rejects.toMatchObject({
      code: "connector_failed",
      message: expect.stringMatching(/refused/i) as string,
    });
  });
});
