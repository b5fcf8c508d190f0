import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { installOnce } from "./install-once.ts";
import { findPip, runPip } from "./pip.ts";
import { runProgram } from "./run-program.ts";
import type { ProvisionOptions } from "./uv.ts";

/** Extension files fit one DuckDB version exactly: that of `@duckdb/node-api` in package.json. */
export const duckdbVersion = "1.5.5";

const files = { postgres: "postgres_scanner", sqlite: "sqlite_scanner" } as const;

const isMusl = (): boolean => {
  const report: unknown = process.report?.getReport();
  const header: unknown = typeof report === "object" && report !== null ? Reflect.get(report, "header") : null;
  return typeof header === "object" && header !== null && Reflect.get(header, "glibcVersionRuntime") === undefined;
};

/** DuckDB's own name for this machine, which names folders of extensions. */
export const duckdbPlatform = (): string => {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  if (process.platform === "darwin") return `osx_${architecture}`;
  if (process.platform === "win32") return `windows_${architecture}`;
  return `linux_${architecture}${isMusl() ? "_musl" : ""}`;
};

const findFile = async (folder: string, name: string): Promise<string | null> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const entry = entries.find((found) => found.isFile() && found.name === name);
  return entry === undefined ? null : join(entry.parentPath, entry.name);
};

const download = async (distribution: string, file: string, temporary: string, options: ProvisionOptions) => {
  const { environment, log, signal } = options;
  const what = `${distribution} ${duckdbVersion}`;
  const pip = await findPip(what, environment, signal);
  log("info", `Installing ${what} (reads that database in DuckDB) …`);
  await runPip(pip, what, ["download", "--dest", temporary, `${distribution}==${duckdbVersion}`]);
  const wheel = (await readdir(temporary)).find((name) => name.endsWith(".whl")) ?? "";
  const unpacked = join(temporary, "unpacked");
  const args = ["-I", "-m", "zipfile", "-e", join(temporary, wheel), unpacked];
  const unzipped = await runProgram(pip.python, args, { environment, signal });
  const found = unzipped.code === 0 ? await findFile(unpacked, file) : null;
  if (found === null) {
    const detail = unzipped.code === 0 ? `its package has no ${file}` : unzipped.stderr.trim();
    throw new HeadraceError("package_install_failed", { params: { what, detail } });
  }
  await rename(found, join(temporary, file));
  await rm(join(temporary, wheel), { force: true });
  await rm(unpacked, { recursive: true, force: true });
};

/**
 * Absolute path of a signed `.duckdb_extension` file for this DuckDB: Headrace's copy, else the one that DuckDB itself
 * keeps in the home folder, else from the Python package index. Throws what `uvExecutable` throws.
 */
export const duckdbExtension = async (name: "postgres" | "sqlite", options: ProvisionOptions): Promise<string> => {
  const { dataDir, environment, signal } = options;
  const file = `${files[name]}.duckdb_extension`;
  const place = join("extensions", `v${duckdbVersion}`, duckdbPlatform());
  const folder = join(dataDir, place, files[name]);
  const own = join(folder, file);
  if (existsSync(own)) return own;
  const home = environment["HOME"] ?? environment["USERPROFILE"];
  const duckdbs = home === undefined ? null : join(home, ".duckdb", place, file);
  if (duckdbs !== null && existsSync(duckdbs)) return duckdbs;
  const distribution = `duckdb-extension-${files[name].replace("_", "-")}`;
  await installOnce(folder, signal, (temporary) => download(distribution, file, temporary, options));
  return own;
};
