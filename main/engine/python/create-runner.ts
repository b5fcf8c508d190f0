import { join } from "node:path";

import { packageRoot } from "../files/index.ts";
import type { PythonBody } from "../../../shared/graph/index.ts";
import type { Environments, RunnerOptions } from "./environments.ts";
import { lockedEnvironments } from "./locked-environments.ts";
import { isOwnInterpreter, ownInterpreter } from "./own-interpreter.ts";
import type { PythonRunner } from "./python-runner.ts";
import { uvRunEnvironments } from "./uv-run.ts";

/** The way in which this project's nodes, and the engine's own functions, get their interpreter. */
export const environmentsFor = (options: RunnerOptions): Environments => {
  const theirs = environmentsOfProject(options);
  let ours: Environments | null = null;
  const of = ({ builtIn = false }: PythonBody): Environments =>
    builtIn ? (ours ??= builtInEnvironments(options)) : theirs;
  return {
    identify: (body, signal) => of(body).identify(body, signal),
    ensure: (body, signal, log) => of(body).ensure(body, signal, log),
  };
};

/** Built from locks that come with Headrace, whatever way a project's own nodes take. */
const builtInEnvironments = (options: RunnerOptions): Environments => {
  const mode = options.settings.mode === "provisioned" ? "provisioned" : "managed";
  const locksDir = join(packageRoot(), "python", "headrace_models", "locks");
  return lockedEnvironments({ ...options, locksDir, settings: { ...options.settings, mode, dependencies: [] } });
};

const environmentsOfProject = (options: RunnerOptions): Environments => {
  const { mode, interpreter } = options.settings;
  if (mode === "uv-run") return uvRunEnvironments(options);
  return isOwnInterpreter(interpreter) ? ownInterpreter(options, interpreter) : lockedEnvironments(options);
};

/** Runs Python nodes of one project; starts nothing before it is asked to. */
export const createPythonRunner = (options: RunnerOptions): PythonRunner => {
  const environments = environmentsFor(options);
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  return {
    resolve: (body, signal) => environments.identify(body, signal),
    ensure: (body, signal, log) => environments.ensure(body, AbortSignal.any([signal, closing.signal]), log),
    async run(job, { interpreter }, signal, log) {
      const { projectRoot, environment } = options;
      // Loaded with the first node that runs: a run in which nothing changed must not pay for it.
      const { runJob } = await import("./run-job.ts");
      const work = runJob(job, {
        task: "run",
        interpreter,
        projectRoot,
        environment,
        hidden: [options.dataDir],
        signal: AbortSignal.any([signal, closing.signal]),
        log,
      });
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
};
