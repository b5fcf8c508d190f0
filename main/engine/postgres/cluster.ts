import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import type { ServerAccount } from "./account.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { runTool } from "./run-tool.ts";
import type { ServerFolder } from "./server-folder.ts";

export const superuser = "headrace";

/** For one person's warehouse: durable, quick to load, small while idle, the same on every machine. */
const settings: Readonly<Record<string, string>> = {
  shared_buffers: "128MB",
  work_mem: "32MB",
  maintenance_work_mem: "256MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  max_connections: "60",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  password_encryption: "scram-sha-256",
};

// One collation on every machine: the order of the letters' code points, with Unicode's upper and lower case.
const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
const initdbOptions = [
  "--auth=scram-sha-256",
  "--no-instructions",
  ...locale,
  ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
];

const temporaryPrefix = "data.new-";

const removeHalfMade = async (folder: ServerFolder): Promise<void> => {
  for (const name of await readdir(folder.path)) {
    if (name.startsWith(temporaryPrefix)) await rm(join(folder.path, name), { recursive: true, force: true });
  }
};

const writeFor = async (path: string, text: string, account: ServerAccount | null): Promise<void> => {
  await writeFile(path, text, { mode: 0o600, flag: "wx", flush: true });
  if (account !== null) await chown(path, account.uid, account.gid);
};

const initialise = async (
  folder: ServerFolder,
  binaries: PostgresBinaries,
  account: ServerAccount | null,
): Promise<void> => {
  const workshop = join(folder.path, `${temporaryPrefix}${randomBytes(4).toString("hex")}`);
  const data = join(workshop, "data");
  const passwordFile = join(workshop, "password");
  const password = randomBytes(32).toString("base64url");
  await mkdir(workshop, { mode: 0o700 });
  try {
    await writeFor(passwordFile, `${password}\n`, account);
    if (account !== null) await chown(workshop, account.uid, account.gid);
    const files = ["--pgdata", data, "--username", superuser, "--pwfile", passwordFile];
    const made = await runTool(binaries.initdb, [...files, ...initdbOptions], {
      account,
      cwd: folder.path,
      timeoutSeconds: 180,
    });
    if (made.code !== 0) {
      const detail = made.stderr.trim() || made.stdout.trim() || `initdb ended with ${made.code}`;
      throw new HeadraceError("postgres_init_failed", { params: { path: folder.data, detail } });
    }
    // The password first: a folder named `data` always has one beside it.
    await rm(folder.password, { force: true });
    await writeFor(folder.password, password, null);
    await rename(data, folder.data);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
};

const checkExisting = async (folder: ServerFolder, binaries: PostgresBinaries): Promise<void> => {
  const found = (await readFile(join(folder.data, "PG_VERSION"), "utf8").catch(() => "")).trim();
  const params = { path: folder.data, found, wanted: binaries.major };
  if (found === "") {
    const detail = "it has no PG_VERSION, so it is not a PostgreSQL data folder";
    throw new HeadraceError("postgres_data_damaged", { params: { ...params, detail } });
  }
  if (found !== binaries.major) throw new HeadraceError("postgres_data_version", { params });
};

/** Makes the data folder if there is none, whole or not at all; an existing one is checked and kept. */
export const ensureCluster = async (
  folder: ServerFolder,
  binaries: PostgresBinaries,
  account: ServerAccount | null,
): Promise<"made" | "kept"> => {
  await removeHalfMade(folder);
  if (existsSync(folder.data)) {
    await checkExisting(folder, binaries);
    return "kept";
  }
  await initialise(folder, binaries, account);
  return "made";
};

/** The superuser's password. Throws `postgres_data_damaged` when its file is gone. */
export const readPassword = async (folder: ServerFolder): Promise<string> => {
  try {
    return (await readFile(folder.password, "utf8")).trim();
  } catch (cause) {
    const detail = `its password file ${folder.password} cannot be read`;
    throw new HeadraceError("postgres_data_damaged", { params: { path: folder.data, detail } }, { cause });
  }
};
