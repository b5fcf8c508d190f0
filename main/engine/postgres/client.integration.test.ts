import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { sharedPostgres, temporaryDatabase, type TemporaryDatabase } from "../../../test-support/postgres.ts";
import type { PostgresConnection } from "../project/project.ts";
import { isTransient, postgresClient, retryTransient, sqlstateOf, withTransaction } from "./index.ts";

let database: TemporaryDatabase;
let connection: PostgresConnection;

beforeAll(async () => {
  database = await temporaryDatabase();
  ({ connection } = database);
});
afterAll(() => database[Symbol.asyncDispose]());
afterEach(() => vi.unstubAllEnvs());

const open = (changes: Partial<PostgresConnection> = {}, signal?: AbortSignal) =>
  postgresClient({ ...connection, ...changes }, { applicationName: "headrace:test", signal, connectTimeoutSeconds: 5 });

const closedPort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe("what goes wrong while connecting", () => {
  it.each<[string, string, () => Promise<Partial<PostgresConnection>>, string]>([
    ["a wrong password", "postgres_password_wrong", async () => ({ password: "sesame-open" }), "headrace"],
    ["an unknown user", "postgres_password_wrong", async () => ({ user: "nobody_here" }), "nobody_here"],
    ["a database that is not there", "postgres_database_missing", async () => ({ database: "nowhere" }), "nowhere"],
    ["a server that is down", "postgres_unreachable", async () => ({ port: await closedPort() }), "ECONNREFUSED"],
    [
      "a host that is not there",
      "postgres_unreachable",
      async () => ({ host: "no-such-host.invalid" }),
      "no-such-host",
    ],
    ["a server without TLS", "postgres_ssl_failed", async () => ({ sslmode: "require" }), "SSL"],
    ["a server without TLS to verify", "postgres_ssl_failed", async () => ({ sslmode: "verify-full" }), "SSL"],
  ])("%s is %s", async (_, code, changes, words) => {
    const error: unknown = await open(await changes()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(JSON.stringify(error) + String(error)).not.toContain("sesame-open");
    expect(JSON.stringify(error)).not.toContain(connection.password ?? "-");
  });

  it("gives up on a server that accepts and never answers", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as AddressInfo;
    await expect(
      postgresClient({ ...connection, port }, { applicationName: "headrace:test", connectTimeoutSeconds: 0.3 }),
    ).rejects.toMatchObject({ code: "postgres_unreachable" });
    silent.close();
  });

  it("stops connecting when cancelled", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as AddressInfo;
    const started = performance.now();
    await expect(open({ port }, AbortSignal.timeout(100))).rejects.toMatchObject({ code: "cancelled" });
    expect(performance.now() - started).toBeLessThan(2000);
    silent.close();
  });

  it("connects without TLS where TLS is only preferred", async () => {
    await using client = await open({ sslmode: "prefer" });
    expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });
});

describe("a connection without a password", () => {
  it("takes the fitting line of PGPASSFILE, and only from a file that is private", async () => {
    const folder = await mkdtemp(join(tmpdir(), "headrace-test-pgpass-"));
    const file = join(folder, "pgpass");
    vi.stubEnv("PGPASSFILE", file);
    vi.stubEnv("PGPASSWORD", undefined);
    await writeFile(
      file,
      `# comment\nelsewhere:*:*:*:no\n127.0.0.1:${connection.port}:other\\:db:headrace:no\n127.0.0.1:*:*:headrace:${connection.password}\n`,
      { mode: 0o600 },
    );
    await using client = await open({ password: null });
    expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await chmod(file, 0o644);
    await expect(open({ password: null })).rejects.toMatchObject({ code: "postgres_password_missing" });
    await rm(folder, { recursive: true });
  });

  it("takes PGPASSWORD", async () => {
    vi.stubEnv("PGPASSWORD", connection.password ?? "");
    await using client = await open({ password: null });
    expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });
});

describe("values", () => {
  it.each([
    ["9007199254740993::int8", "9007199254740993"],
    ["12345678901234567890.123456789::numeric", "12345678901234567890.123456789"],
    ["array[1.10, 2.25]::numeric[]", "{1.10,2.25}"],
    ["'2024-01-02 03:04:05.123456'::timestamp", "2024-01-02 03:04:05.123456"],
    ["'2024-01-02 03:04:05.123456+02'::timestamptz", "2024-01-02 01:04:05.123456+00"],
    ["'0044-03-15 BC'::date", "0044-03-15 BC"],
    ["'infinity'::timestamptz", "infinity"],
    ["'1 mon 2 days 03:04:05.000006'::interval", "1 mon 2 days 03:04:05.000006"],
    ["'\\xdeadbeef'::bytea", "\\xdeadbeef"],
    ["7::int4", 7],
    ["true", true],
    ["'{\"a\": 1}'::jsonb", { a: 1 }],
    ["array['a','b']", ["a", "b"]],
    ["null::int8", null],
  ])("%s arrives exactly", async (expression, expected) => {
    await using client = await open();
    expect((await client.query(`select ${expression} as value`)).rows).toEqual([{ value: expected }]);
  });
});

describe("a statement that fails", () => {
  it("names the place, PostgreSQL's words and the SQLSTATE", async () => {
    await using client = await open();
    await client.query("create temp table t (id int primary key); insert into t values (1)");
    const error: unknown = await client.query("insert into t values ($1)", [1]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "postgres_failed",
      message: expect.stringMatching(/127\.0\.0\.1:\d+\/test_\w+.*duplicate key.*\(id\)=\(1\) already exists.*23505/),
    });
    expect(sqlstateOf(error)).toBe("23505");
    expect(isTransient(error)).toBe(false);
  });

  it("says which right is missing", async () => {
    await using admin = await open();
    await admin.query("create role reader login password 'reader-secret'");
    try {
      await using client = await open({ user: "reader", password: "reader-secret" });
      await expect(client.query("create table public.t (a int)")).rejects.toMatchObject({
        code: "postgres_permission_denied",
        message: expect.stringContaining("reader"),
      });
    } finally {
      await admin.query("drop role reader");
    }
  });

  it("is told when the server goes away, and ends no process", async () => {
    await using admin = await open();
    await using client = await open();
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    await admin.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await sleep(100);
    const error: unknown = await client.query("select 1").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "postgres_unreachable" });
  });
});

describe("cancelling", () => {
  it("stops the statement on the server, refuses later ones, and lets the transaction be rolled back", async () => {
    await using admin = await open();
    const controller = new AbortController();
    await using client = await open({}, controller.signal);
    const work = withTransaction(client, () => client.query("select pg_sleep(60)"));
    setTimeout(() => controller.abort(), 150);
    const started = performance.now();
    await expect(work).rejects.toMatchObject({ code: "cancelled" });
    expect(performance.now() - started).toBeLessThan(3000);
    const { rows } = await admin.query(
      "select 1 from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()",
    );
    expect(rows).toEqual([]);
    await expect(client.query("select 1")).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("transactions", () => {
  it("commit what returns and roll back what throws", async () => {
    await using client = await open();
    await client.query("create table ledger (entry text)");
    await withTransaction(client, () => client.query("insert into ledger values ('kept')"));
    const failing = withTransaction(client, async () => {
      await client.query("insert into ledger values ('lost')");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect((await client.query("select entry from ledger")).rows).toEqual([{ entry: "kept" }]);
  });

  it("are repeated after a serialization failure until they succeed", async () => {
    await using first = await open();
    await using second = await open();
    await first.query("create table counters (n int); insert into counters values (0)");
    const attempts: number[] = [];
    await retryTransient(async (attempt) => {
      attempts.push(attempt);
      await withTransaction(first, async () => {
        await first.query("set transaction isolation level serializable");
        await first.query("select n from counters");
        if (attempt === 1) await second.query("update counters set n = n + 10");
        await first.query("update counters set n = n + 1");
      });
    });
    expect(attempts).toEqual([1, 2]);
    expect((await first.query("select n from counters")).rows).toEqual([{ n: 11 }]);
  });

  it("are not repeated after an error in the data, and not for ever", async () => {
    await using client = await open();
    let tries = 0;
    const dividing = retryTransient(async () => {
      tries += 1;
      await client.query("select 1 / 0");
    });
    await expect(dividing).rejects.toMatchObject({ code: "postgres_failed" });
    expect(tries).toBe(1);
    let down = 0;
    const port = await closedPort();
    const reaching = retryTransient(
      async () => {
        down += 1;
        await open({ port });
      },
      { attempts: 3, firstDelayMs: 1 },
    );
    await expect(reaching).rejects.toMatchObject({ code: "postgres_unreachable" });
    expect(down).toBe(3);
  });
});

it("gives every test a database of its own and takes it away again", async () => {
  const server = await sharedPostgres();
  let name = "";
  {
    await using one = await temporaryDatabase();
    name = one.connection.database;
    await using client = await postgresClient(one.connection, { applicationName: "headrace:test" });
    await client.query("create table mine (a int)");
  }
  await using client = await postgresClient(server, { applicationName: "headrace:test" });
  expect((await client.query("select 1 from pg_database where datname = $1", [name])).rows).toEqual([]);
});
