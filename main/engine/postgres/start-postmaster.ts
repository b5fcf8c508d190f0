import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, renameSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { HeadraceError } from "../../../shared/errors/index.ts";
import type { ServerAccount } from "./account.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { disarmStalePid, runningPostmaster, type Postmaster } from "./postmaster.ts";
import { runTool, toolEnvironment } from "./run-tool.ts";
import type { ServerFolder } from "./server-folder.ts";

export const loopback = "127.0.0.1";
export const waitSeconds = 60;
const longestLog = 8 * 1024 * 1024;

export interface StartOptions {
  readonly folder: ServerFolder;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount | null;
  /** Server settings for this start alone. */
  readonly settings: Readonly<Record<string, string>>;
}

const isFree = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen({ host: loopback, port, exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });

/** The port of last time where it is still free, so that saved connections of other programs keep working. */
const choosePort = async (folder: ServerFolder): Promise<number> => {
  const last = Number(await readFile(folder.port, "utf8").catch(() => ""));
  const kept = Number.isInteger(last) && last > 1023 && last < 65536 ? await isFree(last) : null;
  const port = kept ?? (await isFree(0)) ?? 0;
  await writeFile(folder.port, `${port}\n`, { mode: 0o600 });
  return port;
};

const keepLogShort = (log: string): void => {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > longestLog) renameSync(log, `${log}.1`);
};

const asOptions = (settings: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

/** Where it listens stands on the command line, so that no edit of postgresql.conf opens the server to others. */
const serverArguments = ({ folder, settings }: StartOptions, port: number): readonly string[] => {
  const closed = { listen_addresses: loopback, unix_socket_directories: "" };
  return ["-D", folder.data, "-p", String(port), ...asOptions({ ...settings, ...closed })];
};

const spawnServer = (options: StartOptions, port: number): ChildProcess => {
  const { folder, account } = options;
  const log = openSync(folder.log, "a", 0o600);
  try {
    return spawn(options.binaries.postgres, serverArguments(options, port), {
      cwd: folder.path,
      env: toolEnvironment(),
      // A session of its own: Ctrl-C in the terminal that started it does not reach it, nor does our end.
      detached: true,
      stdio: ["ignore", log, log],
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    });
  } finally {
    closeSync(log);
  }
};

/** On Windows only pg_ctl can give up an administrator's rights, which PostgreSQL insists on. */
const startOnWindows = async (options: StartOptions, port: number): Promise<string | null> => {
  const args = serverArguments(options, port).slice(2).join(" ");
  const { data, log, path } = options.folder;
  const started = await runTool(
    options.binaries.pgCtl,
    ["start", "-D", data, "-l", log, "-w", "-t", String(waitSeconds), "-o", args],
    { cwd: path, timeoutSeconds: waitSeconds + 10 },
  );
  return started.code === 0 ? null : started.stderr || started.stdout;
};

/** `null` when ready, else why not. */
const startOnce = async (options: StartOptions, port: number): Promise<string | null> => {
  if (process.platform === "win32") return startOnWindows(options, port);
  const from = statSync(options.folder.log, { throwIfNoEntry: false })?.size ?? 0;
  const child = spawnServer(options, port);
  let ended: string | null = null;
  child.once("error", (error) => (ended = error.message));
  child.once("exit", (code, signal) => (ended = `it ended with ${signal ?? code}`));
  child.unref();
  const deadline = Date.now() + waitSeconds * 1000;
  while (Date.now() < deadline) {
    if ((await runningPostmaster(options.folder.data))?.ready === true) return null;
    if (ended !== null) return (await logSince(options.folder.log, from)) || ended;
    await sleep(20);
  }
  return `it was not ready after ${waitSeconds} s\n${await logSince(options.folder.log, from)}`;
};

const logSince = async (log: string, from: number): Promise<string> => {
  const bytes = await readFile(log).catch(() => Buffer.alloc(0));
  const lines = bytes.subarray(from).toString("utf8").trim().split("\n");
  return lines.slice(-8).join("\n");
};

const portTaken = /could not bind|could not create any TCP\/IP sockets/;
/** The children of a killed server notice within moments that it is gone. */
const orphansLeft = /pre-existing shared memory block/;

/** Starts the server of a data folder and waits until it answers. The caller holds the folder's lock. */
export const startPostmaster = async (options: StartOptions): Promise<Postmaster> => {
  const { folder } = options;
  keepLogShort(folder.log);
  await disarmStalePid(folder.data);
  let problem: string | null = null;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    problem = await startOnce(options, await choosePort(folder));
    const running = problem === null ? await runningPostmaster(folder.data) : null;
    if (running !== null) return running;
    if (problem === null || orphansLeft.test(problem)) await sleep(250);
    else if (!portTaken.test(problem)) break;
  }
  throw new HeadraceError("postgres_start_failed", {
    params: { detail: problem ?? "it ended at once", log: folder.log },
  });
};
