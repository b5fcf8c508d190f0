import type { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

const sqliteBusy = 5;

const tryLock = async (path: string): Promise<DatabaseSync | null> => {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return null;
    throw error;
  }
};

/**
 * Does `work` while no other process of this machine does work under the same lock file. The operating system gives
 * the lock back when its holder ends, however it ends.
 */
export const exclusively = async <T>(
  path: string,
  signal: AbortSignal,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> => {
  let held = await tryLock(path);
  if (held === null) onWait();
  while (held === null) {
    await sleep(100, undefined, { signal });
    held = await tryLock(path);
  }
  try {
    return await work();
  } finally {
    held.close();
  }
};
