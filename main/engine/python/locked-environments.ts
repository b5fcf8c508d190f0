import { join } from "node:path";

import { ExecutorValidationError, HeadraceError } from "../../../shared/errors/index.ts";
import type { PythonBody } from "../../../shared/graph/index.ts";
import type { Log } from "../executors/executor.ts";
import {
  type EnvironmentFolder,
  environmentFolder,
  environmentHash,
  isComplete,
  isUsable,
} from "./environment-folder.ts";
import type { EnvironmentIdentity, Environments, RunnerOptions } from "./environments.ts";
import { baseInterpreter, type InterpreterFacts } from "./interpreter-facts.ts";
import { type LockFile, lockPath, readLock } from "./lock-file.ts";
import { type RequirementSet, requirementSet } from "./requirements.ts";
import { SharedBuilds } from "./shared-build.ts";

/** A lock together with the Python it is for. */
interface Locked extends EnvironmentIdentity {
  readonly lock: LockFile;
  readonly python: InterpreterFacts;
  readonly folder: EnvironmentFolder;
}

/** `managed`: locks and environments are made here as needed. `provisioned`: neither is, somebody else did it. */
export const lockedEnvironments = (options: RunnerOptions): Environments => {
  const { settings, dataDir, environment, projectRoot } = options;
  const locksDir = options.locksDir ?? join(projectRoot, "locks");
  const provisioned = settings.mode === "provisioned";
  const locks = new SharedBuilds<LockFile>();
  const builds = new SharedBuilds<void>();
  const sets = new Map<string, RequirementSet>();
  let base: Promise<InterpreterFacts> | null = null;

  const facts = (): Promise<InterpreterFacts> => {
    base ??= baseInterpreter(options);
    base.catch(() => (base = null));
    return base;
  };
  const setOf = (body: PythonBody): RequirementSet => {
    const key = JSON.stringify([body.dependencies, body.requiresPython]);
    const known = sets.get(key);
    if (known !== undefined) return known;
    const set = requirementSet(body, settings.dependencies);
    sets.set(key, set);
    return set;
  };
  const uvCall = async (signal: AbortSignal, onLine: (line: string) => void) => ({
    uv: await options.uv(),
    environment,
    cwd: projectRoot,
    signal,
    onLine,
  });

  const lockFor = async (body: PythonBody, signal: AbortSignal): Promise<LockFile> => {
    const set = setOf(body);
    const path = lockPath(locksDir, set);
    const found = readLock(path);
    if (found !== null) return found;
    if (provisioned) throw new ExecutorValidationError("python_lock_missing", { params: { path, file: body.file } });
    return locks.join(
      path,
      signal,
      () => {},
      async (shared, onLine) => {
        const { executable, version } = await facts();
        const { makeLock } = await import("./make-lock.ts");
        await makeLock(path, set, { interpreter: executable, version }, await uvCall(shared, onLine));
        const made = readLock(path);
        if (made === null) throw new HeadraceError("python_lock_damaged", { params: { path } });
        return made;
      },
    );
  };

  const locked = async (body: PythonBody, signal: AbortSignal): Promise<Locked> => {
    const lock = await lockFor(body, signal);
    const python = await facts();
    const envHash = environmentHash(lock.hash, python);
    return { lock, python, envHash, packages: lock.packages, folder: environmentFolder(dataDir, envHash) };
  };

  const build = async ({ lock, python, envHash, folder }: Locked, signal: AbortSignal, log: Log): Promise<void> => {
    refuseOlder(lock, python);
    await builds.join(
      envHash,
      signal,
      (line) => log("info", line, "log"),
      async (shared, say) => {
        say(`Building the Python environment of ${Object.keys(lock.packages).length} packages`);
        const { buildFromLock } = await import("./build-environment.ts");
        await buildFromLock({ folder, lock, python, uv: await uvCall(shared, say) });
      },
    );
  };

  return {
    async identify(body, signal) {
      const { envHash, packages, folder } = await locked(body, signal);
      if (provisioned && !isUsable(folder)) throw missing(envHash, folder);
      return { envHash, packages };
    },
    async ensure(body, signal, log) {
      const found = await locked(body, signal);
      const { envHash, packages, folder } = found;
      if (provisioned && !isUsable(folder)) throw missing(envHash, folder);
      if (!provisioned && !isComplete(folder)) await build(found, signal, log);
      return { envHash, interpreter: folder.interpreter, packages };
    },
  };
};

const missing = (envHash: string, folder: EnvironmentFolder): ExecutorValidationError =>
  new ExecutorValidationError("environment_missing", { params: { hash: envHash, path: folder.root } });

const refuseOlder = (lock: LockFile, python: InterpreterFacts): void => {
  if (lock.python === null) return;
  const [wantedMajor = 0, wantedMinor = 0] = lock.python.split(".").map(Number);
  const [major = 0, minor = 0] = python.version.split(".").map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  const params = { version: python.version, wanted: lock.python, path: lock.path, interpreter: python.executable };
  throw new ExecutorValidationError("python_version_mismatch", { params });
};
