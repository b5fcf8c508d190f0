import { readFile } from "node:fs/promises";
import { memoryUsage } from "node:process";

import type { StudioHandlers } from "../../shared/api/index.ts";
import type { StudioWindow } from "./studio.ts";

const pageBytes = 4096;

/** Resident bytes of a process; `null` where the system does not say, or it is gone. */
const residentBytes = async (pid: number): Promise<number | null> => {
  try {
    const pages = (await readFile(`/proc/${pid}/statm`, "utf8")).split(" ")[1];
    return pages === undefined ? null : Number(pages) * pageBytes;
  } catch {
    return null;
  }
};

/** What the engine takes of the machine now. */
export const statusHandlers = {
  "engine.status": async (_input, window) => {
    const pids = window.hasProject ? window.session.engine.hostPids() : [];
    const hosts = await Promise.all(pids.map(residentBytes));
    const known = hosts.filter((bytes) => bytes !== null);
    return {
      memoryBytes: known.reduce((sum, bytes) => sum + bytes, memoryUsage.rss()),
      hosts: pids.length,
    };
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
