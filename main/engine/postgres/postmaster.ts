import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { runTool } from "./run-tool.ts";

/** What a server writes about itself into its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

const pidFile = (data: string): string => join(data, "postmaster.pid");

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const commandOf = async (pid: number): Promise<string> => {
  if (process.platform === "linux") {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
  }
  if (process.platform === "win32") {
    return (await runTool("tasklist", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"])).stdout;
  }
  return (await runTool("ps", ["-ww", "-o", "command=", "-p", String(pid)])).stdout;
};

/** After a crash or a restart of the machine the number may belong to somebody else by now. */
const isServerOf = async (pid: number, data: string): Promise<boolean> => {
  if (!isAlive(pid)) return false;
  const command = await commandOf(pid);
  return process.platform === "win32" ? command.includes("postgres") : command.includes(` ${data} `);
};

const readPidFile = async (data: string): Promise<readonly string[]> =>
  (await readFile(pidFile(data), "utf8").catch(() => "")).split("\n").map((line) => line.trim());

/** The server that runs on this data folder now, or `null`; never a process that only has its number. */
export const runningPostmaster = async (data: string): Promise<Postmaster | null> => {
  const lines = await readPidFile(data);
  const pid = Number(lines[0] ?? "");
  if (!Number.isInteger(pid) || pid <= 0 || !(await isServerOf(pid, data))) return null;
  return { pid, port: Number(lines[3] ?? ""), ready: lines[7] === "ready" };
};

/**
 * Waits while the server is neither ready nor gone: whoever started or stopped it may have been killed meanwhile.
 * `null` when it is gone.
 */
export const settledPostmaster = async (data: string, timeoutSeconds: number): Promise<Postmaster | null> => {
  const deadline = Date.now() + timeoutSeconds * 1000;
  let running = await runningPostmaster(data);
  while (running !== null && !running.ready && Date.now() < deadline) {
    await sleep(20);
    running = await runningPostmaster(data);
  }
  return running;
};

/** No process has this number, on any system: PostgreSQL then looks for leftovers itself and starts. */
const nobodysPid = "2147483646";

/**
 * PostgreSQL refuses to start while the process that a stale postmaster.pid names is alive, whatever it is. The file
 * stays, because the shared memory it names is how PostgreSQL finds orphans of a killed server.
 */
export const disarmStalePid = async (data: string): Promise<void> => {
  const [pid = "", ...rest] = await readPidFile(data);
  if (pid === "" || !isAlive(Number(pid)) || (await isServerOf(Number(pid), data))) return;
  await writeFile(pidFile(data), [nobodysPid, ...rest].join("\n"));
};
