import { join } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { makeTarget } from "./make-target.ts";

/** SQLite's SQLITE_BUSY: another connection holds the lock. */
const busy = 5;

export interface ProjectLock extends Disposable {
  /** Absolute path of the lock's database file. */
  readonly path: string;
}

/**
 * One run a project at a time. The operating system gives the lock back when its holder ends, however it ends,
 * and keeps it while the holder is suspended. Readers never take it. Throws `project_locked`, `project_not_found`.
 */
export const acquireProjectLock = async (targetPath: string): Promise<ProjectLock> => {
  const { DatabaseSync } = await import("node:sqlite");
  makeTarget(targetPath);
  const path = join(targetPath, "run.lock");
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    const isHeld = (cause as { readonly errcode?: number }).errcode === busy;
    throw new ProjectError("project_locked", { params: { path: targetPath } }, isHeld ? undefined : { cause });
  }
  return { path, [Symbol.dispose]: () => database.close() };
};
