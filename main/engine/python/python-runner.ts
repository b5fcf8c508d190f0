import type { PythonBody } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { Log } from "../executors/executor.ts";

/** A locked environment: what a Python node runs in. */
export interface PythonEnvironment {
  /** Hash of the lock; names the folder below the data directory. */
  readonly envHash: string;
  /** Absolute path of the interpreter, started directly. */
  readonly interpreter: string;
  /** Locked versions, e.g. `{ pandas: "2.3.1" }`: lets the plan say what changed. */
  readonly packages: Readonly<Record<string, string>>;
}

export interface PythonJob {
  readonly node: { readonly id: string; readonly kind: string; readonly name: string };
  readonly body: PythonBody;
  readonly inputs: readonly Relation[];
  readonly params: Readonly<Record<string, unknown>>;
  /** Decorator or file options the function may ask for through `ctx.config`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly interval: { readonly date: string; readonly start: string | null; readonly end: string | null };
  /** Absolute; the child may write only here. */
  readonly scratch: string;
  readonly limits: {
    /** Bytes. */
    readonly memory: number | null;
    readonly cpuSeconds: number | null;
    /** `false`: no TCP connections, where the operating system can refuse them. */
    readonly network?: boolean | undefined;
  };
  /** False for hooks: a function that returns nothing is then fine and `run` returns an empty `file`. */
  readonly expectsOutput?: boolean | undefined;
  /** Hears what the function says through `ctx.progress`: 0 to 1 or `null`, and its words. */
  readonly onProgress?: ((fraction: number | null, text: string) => void) | undefined;
}

export interface PythonOutput {
  /** Absolute path of the parquet the child wrote below `scratch`. */
  readonly file: string;
  readonly rows: number;
  readonly memoryMb: number | null;
  readonly cpuSeconds: number | null;
}

export interface PythonRunner extends AsyncDisposable {
  /**
   * The environment's identity from its lock, without building it; locks when there is no lock yet.
   * Throws `python_lock_failed`, `environment_missing` (provisioned), `python_not_found`.
   */
  resolve(
    body: PythonBody,
    signal: AbortSignal,
  ): Promise<{ readonly envHash: string; readonly packages: Readonly<Record<string, string>> }>;
  /** Builds the environment if it is not there; several callers share one build. */
  ensure(body: PythonBody, signal: AbortSignal, log: Log): Promise<PythonEnvironment>;
  /** Runs the node's function in its environment. Throws `python_failed`, `python_exited`, `python_no_output`, … */
  run(job: PythonJob, environment: PythonEnvironment, signal: AbortSignal, log: Log): Promise<PythonOutput>;
}
