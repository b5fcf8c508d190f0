import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  isAlive,
  queryOnce,
  serverBench,
  type ServerBench,
  startElsewhere,
  startingProgram,
  untilGone,
} from "../../../test-support/embedded-server.ts";
import { embeddedServer, type EmbeddedServer } from "./index.ts";

let bench: ServerBench;
let root: string;
let server: EmbeddedServer;

beforeAll(async () => {
  bench = await serverBench();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  ({ root, server } = bench.project());
});
afterEach(() => server.stop());

describe("life of a server", () => {
  it("starts, keeps its data and its port over a restart, and stops, each as often as asked", async () => {
    expect(await server.status()).toMatchObject({ running: false, port: null, pid: null, version: "18.4" });
    const first = await server.start();
    expect(await server.start()).toEqual({ ...first, sizeBytes: expect.any(Number) });
    const connection = await server.connection();
    expect(connection).toMatchObject({ host: "127.0.0.1", user: "headrace", database: "my_project" });
    await queryOnce(connection, "create table kept as select 42 as answer");

    expect(await server.stop()).toBe(true);
    expect(await server.stop()).toBe(false);
    expect(await server.status()).toMatchObject({ running: false, port: null, pid: null });

    const second = await server.start();
    expect(second.port).toBe(first.port);
    expect(second.pid).not.toBe(first.pid);
    expect(second.sizeBytes).toBeGreaterThan(1_000_000);
    expect(await queryOnce(await server.connection(), "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("is one server when several processes start it at once, and outlives them", async () => {
    const started = await Promise.all([
      startElsewhere(bench.dataDir, root),
      startElsewhere(bench.dataDir, root),
      startElsewhere(bench.dataDir, root),
    ]);
    expect(new Set(started.map(({ pid }) => pid)).size).toBe(1);
    expect(await server.status()).toMatchObject({ running: true, pid: started[0]?.pid });
  });

  it("starts again with its data after kill -9 of the server", async () => {
    const { pid } = await server.start();
    const connection = await server.connection();
    await queryOnce(connection, "create table survived as select 7 as seven");
    process.kill(pid ?? 0, "SIGKILL");
    await untilGone(pid ?? 0);
    expect((await server.status()).running).toBe(false);
    expect(await queryOnce(await server.connection(), "select seven from survived")).toEqual([{ seven: 7 }]);
  });

  it("is found and used after the process that was starting it was killed halfway", async () => {
    const { dataFolder } = await server.start();
    await server.stop();
    const [program, ...args] = startingProgram(bench.dataDir, root);
    const starter = spawn(program, args, { stdio: "ignore" });
    while (!existsSync(join(dataFolder, "postmaster.pid"))) await sleep(1);
    starter.kill("SIGKILL");
    const started = await server.start();
    expect(started.running).toBe(true);
    expect(await queryOnce(await server.connection(), "select 1 as one")).toEqual([{ one: 1 }]);
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
    const other = embeddedServer({ scope: "user", root, dataDir: bench.dataDir, log: () => undefined });
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
    expect(await queryOnce(await server.connection(), "select 1 as one")).toEqual([{ one: 1 }]);
  });
});
