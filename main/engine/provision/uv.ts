import { existsSync } from "node:fs";
import { join } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import type { Log } from "../executors/executor.ts";
import type { Environment } from "./data-directory.ts";
import { findPrograms } from "./find-programs.ts";
import { installOnce } from "./install-once.ts";
import { findPip, runPip } from "./pip.ts";
import { runProgram } from "./run-program.ts";

export interface ProvisionOptions {
  readonly dataDir: string;
  readonly environment: Environment;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

const version = "0.13.9";
/** Older ones lack options that locking a script's dependencies takes. */
const oldestOnPath = [0, 9] as const;

const isUsable = async (uv: string, { environment, signal }: ProvisionOptions): Promise<boolean> => {
  const asked = await runProgram(uv, ["--version"], { environment, signal, timeoutSeconds: 20 });
  const [, major = "0", minor = "0"] = /^uv (\d+)\.(\d+)\./.exec(asked.stdout) ?? [];
  const isNewer = Number(major) > oldestOnPath[0] || Number(minor) >= oldestOnPath[1];
  return asked.code === 0 && isNewer;
};

/**
 * Absolute path of uv: the one on the PATH if it is new enough, else Headrace's own copy, which is installed from the
 * Python package index the first time. Throws `python_not_found`, `pip_not_found`, `package_index_unreachable`,
 * `package_install_failed`.
 */
export const uvExecutable = async (options: ProvisionOptions): Promise<string> => {
  const { dataDir, environment, log, signal } = options;
  for (const found of findPrograms(["uv"], environment)) if (await isUsable(found, options)) return found;
  const folder = join(dataDir, "tools", `uv-${version}`);
  const own = join(folder, "bin", process.platform === "win32" ? "uv.exe" : "uv");
  if (existsSync(own)) return own;
  await installOnce(folder, signal, async (temporary) => {
    const what = `uv ${version}`;
    const pip = await findPip(what, environment, signal);
    log("info", `Installing ${what} (builds Python environments) …`);
    await runPip(pip, what, ["install", "--target", temporary, `uv==${version}`]);
  });
  if (existsSync(own)) return own;
  throw new HeadraceError("package_install_failed", {
    params: { what: `uv ${version}`, detail: `its package did not bring ${own}` },
  });
};
