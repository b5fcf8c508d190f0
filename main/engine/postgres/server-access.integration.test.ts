import { execFile } from "node:child_process";
import { chown, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  filesBelow,
  queryOnce,
  serverBench,
  type ServerBench,
  startElsewhere,
  untilGone,
} from "../../../test-support/embedded-server.ts";
import type { EmbeddedServer } from "./index.ts";

const run = promisify(execFile);

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

describe("who can reach it", () => {
  it("listens on loopback alone, without sockets in the file system", async () => {
    const connection = await server.connection();
    const shown = await queryOnce(
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
    await queryOnce(connection, "select 1");
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
    const wrong = queryOnce({ ...connection, password: "not-the-password" }, "select 1");
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
    expect(await queryOnce(connection, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
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
    const home = join(bench.dataDir, "ordinary");
    await mkdir(home, { mode: 0o700 });
    await chown(home, uid, uid);
    const asUser = ["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"];
    const { pid } = await startElsewhere(home, root, asUser);
    try {
      expect((await stat(`/proc/${pid}`)).uid).toBe(uid);
      const again = await startElsewhere(home, root, asUser);
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
