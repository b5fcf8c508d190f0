import type { PythonBody } from "../../../shared/graph/index.ts";
import type { Log } from "../executors/executor.ts";
import type { PythonSettings } from "../project/project.ts";
import type { PythonEnvironment } from "./python-runner.ts";

export interface RunnerOptions {
  /** Absolute. */
  readonly projectRoot: string;
  readonly settings: PythonSettings;
  /** Absolute folder for environments; shared by projects. */
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path of uv; provided when first needed. */
  readonly uv: () => Promise<string>;
  /** Absolute path of the Python that environments are built on. */
  readonly interpreter: () => Promise<string>;
  /** Where locks are kept; `<project>/locks` when left out. */
  readonly locksDir?: string | undefined;
}

/** What an environment is, as far as its lock tells. */
export interface EnvironmentIdentity {
  readonly envHash: string;
  readonly packages: Readonly<Record<string, string>>;
}

/** One of the ways in which nodes get their interpreter. */
export interface Environments {
  /** Cheap: reads a lock. */
  identify(body: PythonBody, signal: AbortSignal): Promise<EnvironmentIdentity>;
  /** Makes what is missing. */
  ensure(body: PythonBody, signal: AbortSignal, log: Log): Promise<PythonEnvironment>;
}
