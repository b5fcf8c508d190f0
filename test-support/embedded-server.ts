import { execFile } from "node:child_process";
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { embeddedServer, postgresClient, type EmbeddedServer } from "../main/engine/postgres/index.ts";
import type { PostgresConnection } from "../main/engine/project/project.ts";
import { reachableTemporaryFolder } from "./postgres.ts";

const moduleUrl = new URL("../main/engine/postgres/index.ts", import.meta.url).href;

/** A data directory for servers that a test starts, breaks and ends itself. */
export interface ServerBench extends AsyncDisposable {
  readonly dataDir: string;
  /** A project folder's path that no server was made for yet, and its server, ended with the bench. */
  project(): { readonly root: string; readonly server: EmbeddedServer };
}

/** Makes a data directory below the system's temporary folder. */
export const serverBench = async (): Promise<ServerBench> => {
  const dataDir = await reachableTemporaryFolder("headrace-test-server-");
  const servers: EmbeddedServer[] = [];
  return {
    dataDir,
    project: () => {
      const root = join(dataDir, String(servers.length), "My Project");
      const settings = { fsync: "off" };
      const server = embeddedServer({ scope: "project", root, dataDir, log: () => undefined, settings });
      servers.push(server);
      return { root, server };
    },
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

/** The program and arguments of a process of its own that starts a project's server and prints its status. */
export const startingProgram = (dataDir: string, root: string): readonly [string, ...string[]] => {
  const script = `
    import { embeddedServer } from ${JSON.stringify(moduleUrl)};
    const [dataDir, root] = process.argv.slice(1);
    const server = embeddedServer({ scope: "project", root, dataDir, log: () => {} });
    console.log(JSON.stringify(await server.start()));`;
  return [process.execPath, "--input-type=module-typescript", "-e", script, dataDir, root];
};

/** Starts a project's server from a process of its own, which then ends; `prefix` may change that process's account. */
export const startElsewhere = async (
  dataDir: string,
  root: string,
  prefix: readonly string[] = [],
): Promise<{ readonly pid: number }> => {
  const args = [...prefix, ...startingProgram(dataDir, root)];
  const { stdout } = await promisify(execFile)("env", args, { env: { ...process.env, HOME: dataDir } });
  return JSON.parse(stdout) as { pid: number };
};

/** Rows of one statement on a connection of its own. */
export const queryOnce = async (
  connection: PostgresConnection,
  sql: string,
): Promise<readonly Record<string, unknown>[]> => {
  await using client = await postgresClient(connection, { applicationName: "headrace:test" });
  return (await client.query<Record<string, unknown>>(sql)).rows;
};

export const filesBelow = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A killed process stays a zombie until it is waited for; its command line is gone at once. */
export const untilGone = async (pid: number): Promise<void> => {
  while (isAlive(pid) && (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")) !== "") await sleep(20);
};
