import type { PythonBody } from "../../../shared/graph/index.ts";
import type { Log } from "../executors/executor.ts";
import { environmentsFor } from "./create-runner.ts";
import type { RunnerOptions } from "./environments.ts";
import type { PythonEnvironment } from "./python-runner.ts";

/**
 * Builds every environment that these bodies need, the locks included: what `headrace env build` does, also for
 * projects whose runs never build (`python.mode: provisioned`). One entry for each distinct environment.
 */
export const buildEnvironments = async (
  options: RunnerOptions,
  bodies: readonly PythonBody[],
  signal: AbortSignal,
  log: Log,
): Promise<readonly PythonEnvironment[]> => {
  const settings = { ...options.settings, mode: options.settings.mode === "uv-run" ? "uv-run" : "managed" } as const;
  const environments = environmentsFor({ ...options, settings });
  const built = new Map<string, PythonEnvironment>();
  for (const body of bodies) {
    const environment = await environments.ensure(body, signal, log);
    built.set(environment.envHash, environment);
  }
  return [...built.values()];
};
