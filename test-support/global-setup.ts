// vitest's globalSetup of the integration project: one PostgreSQL server for the whole run, started when first used.
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { folderPrefix, prepareSharedServer, removeServerFolder, removeSharedServer } from "./postgres.ts";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

/** A run that was killed leaves its server behind. */
const removeLeftOvers = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${folderPrefix}(\\d+)-`).exec(name)?.[1]);
    if (Number.isInteger(pid) && !isAlive(pid)) await removeServerFolder(join(tmpdir(), name)).catch(() => undefined);
  }
};

export const setup = async (): Promise<void> => {
  await removeLeftOvers();
  await prepareSharedServer();
};

export const teardown = removeSharedServer;
