// Python nodes: locks, environments, and functions run in supervised processes of their own.
export { buildEnvironments } from "./build-environments.ts";
export { createPythonRunner } from "./create-runner.ts";
export { environmentOfLock } from "./environment-of-lock.ts";
export { discoverByImport, type Discovery } from "./discover-by-import.ts";
export type { DiscoveredFunction } from "./discovered-function.ts";
export { environmentFolder, isUsable } from "./environment-folder.ts";
export type { RunnerOptions } from "./environments.ts";
export type { PythonEnvironment, PythonJob, PythonOutput, PythonRunner } from "./python-runner.ts";
