import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { hashText } from "../files/index.ts";
import type { RequirementSet } from "./requirements.ts";

export interface LockFile {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 of its content, line ends aside. */
  readonly hash: string;
  readonly packages: Readonly<Record<string, string>>;
  /** `major.minor` that the lock was made for and is good from. */
  readonly python: string | null;
}

export const lockPath = (locksDir: string, set: RequirementSet): string => join(locksDir, `${set.name}.lock.txt`);

const parse = (path: string, text: string): LockFile => {
  const content = text.replaceAll("\r\n", "\n");
  const packages: Record<string, string> = {};
  for (const [, name, version] of content.matchAll(/^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)/gm)) {
    // A package with other versions for other Pythons or platforms is listed more than once.
    if (name !== undefined && version !== undefined) {
      packages[name] = packages[name] === undefined ? version : `${packages[name]} | ${version}`;
    }
  }
  if (packages["pyarrow"] === undefined || packages["duckdb"] === undefined || !content.includes("--hash=sha256:")) {
    throw new HeadraceError("python_lock_damaged", { params: { path } });
  }
  const python = /^# python >= (\d+\.\d+)$/m.exec(content)?.[1] ?? null;
  return { path, hash: hashText(content), packages, python };
};

const known = new Map<string, { readonly stamp: string; readonly lock: LockFile }>();

/** Reads a lock, or `null` when there is none; only a stat while the file does not change. Throws `python_lock_damaged`. */
export const readLock = (path: string): LockFile | null => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  const stamp = `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`;
  const cached = known.get(path);
  if (cached?.stamp === stamp) return cached.lock;
  const lock = parse(path, readFileSync(path, "utf8"));
  known.set(path, { stamp, lock });
  return lock;
};
