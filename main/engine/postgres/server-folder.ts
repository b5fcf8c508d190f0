import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { chmod, mkdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import type { ServerAccount } from "./account.ts";

/** Where one server lives. Everything here belongs to this server alone. */
export interface ServerFolder {
  readonly path: string;
  readonly data: string;
  readonly log: string;
  readonly password: string;
  readonly port: string;
  readonly lock: string;
  /** Shared by all servers of this data directory. */
  readonly binaries: string;
}

export type ServerScope = "project" | "user";

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 10);

const realOrGiven = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
};

const folderName = (scope: ServerScope, root: string): string => {
  if (scope === "user") return "user";
  const slug = basename(root)
    .replaceAll(/[^A-Za-z0-9_-]+/g, "-")
    .slice(0, 30);
  return `${slug === "" ? "project" : slug}-${shortHash(realOrGiven(root))}`;
};

const othersMayEnter = 0o001;

const reachable = async (path: string): Promise<boolean> => {
  const { mode } = await stat(path);
  if ((mode & othersMayEnter) === 0) return false;
  return dirname(path) === path || (await reachable(dirname(path)));
};

const systemFolder = "/var/lib/headrace";

/** Our own folders above a server's, which its account has to pass through whatever umask they were made under. */
const openParents = (base: string): readonly string[] =>
  dirname(base) === systemFolder ? [systemFolder, base] : [base];

/** Root's home is usually closed to the server's account, so root's servers may have to live elsewhere. */
const baseFor = async (dataDir: string, account: ServerAccount | null): Promise<string> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (account === null) return join(dataDir, "postgres");
  if (await reachable(realOrGiven(dataDir))) return join(dataDir, "postgres");
  return join(systemFolder, shortHash(realOrGiven(dataDir)));
};

/** Finds and makes the folder of a server: private to us, and open to enter for its account where that is another. */
export const serverFolder = async (
  scope: ServerScope,
  root: string,
  dataDir: string,
  account: ServerAccount | null,
): Promise<ServerFolder> => {
  const base = await baseFor(dataDir, account);
  const path = join(base, folderName(scope, root));
  try {
    const mode = account === null ? 0o700 : 0o711;
    await mkdir(path, { recursive: true, mode });
    await chmod(path, mode);
    if (account !== null) for (const parent of openParents(base)) await chmod(parent, mode);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new HeadraceError("postgres_init_failed", { params: { path, detail } }, { cause });
  }
  return {
    path,
    data: join(path, "data"),
    log: join(path, "server.log"),
    password: join(path, "password"),
    port: join(path, "port"),
    lock: join(path, "lock"),
    binaries: join(base, "programs"),
  };
};
