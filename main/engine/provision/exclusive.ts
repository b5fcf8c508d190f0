import { setTimeout as sleep } from "node:timers/promises";

import { HeadraceError } from "../../../shared/errors/index.ts";

interface ExclusiveOptions {
  /** Absolute path of the lock's file; its folder exists. */
  readonly lock: string;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

const sqliteBusy = 5;
const isBusy = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && error.errcode === sqliteBusy;

const tryLock = async (lock: string): Promise<Disposable | null> => {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(lock, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return { [Symbol.dispose]: () => database.close() };
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
};

/**
 * Does `work` while no other process on this machine does work under the same lock. The operating system gives the
 * lock back when its holder ends, however it ends. Throws `data_folder_busy` after the time given.
 */
export const exclusively = async <T>(options: ExclusiveOptions, work: () => Promise<T>): Promise<T> => {
  const deadline = Date.now() + options.timeoutSeconds * 1000;
  for (;;) {
    using held = await tryLock(options.lock);
    if (held !== null) return await work();
    if (Date.now() > deadline) {
      throw new HeadraceError("data_folder_busy", { params: { seconds: options.timeoutSeconds, path: options.lock } });
    }
    await sleep(40, undefined, options.signal === undefined ? {} : { signal: options.signal });
  }
};
