import { HeadraceError } from "../../../shared/errors/index.ts";
import type { Log } from "../executors/executor.ts";
import { environmentFolder, environmentHash, isComplete } from "./environment-folder.ts";
import type { RunnerOptions } from "./environments.ts";
import { baseInterpreter } from "./interpreter-facts.ts";
import { readLock } from "./lock-file.ts";

/** The interpreter of an environment made from this very lock file, built when it is not there. */
export const environmentOfLock = async (
  lockFile: string,
  options: RunnerOptions,
  signal: AbortSignal,
  log: Log,
): Promise<string> => {
  const lock = readLock(lockFile);
  if (lock === null) throw new HeadraceError("python_lock_damaged", { params: { path: lockFile } });
  const python = await baseInterpreter(options);
  const folder = environmentFolder(options.dataDir, environmentHash(lock.hash, python));
  if (!isComplete(folder)) {
    const { buildFromLock } = await import("./build-environment.ts");
    const { environment, projectRoot: cwd } = options;
    const onLine = (line: string): void => log("info", line);
    await buildFromLock({ folder, lock, python, uv: { uv: await options.uv(), environment, cwd, signal, onLine } });
  }
  return folder.interpreter;
};
