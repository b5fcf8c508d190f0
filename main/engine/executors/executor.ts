import type { HeadraceError } from "../../../shared/errors/index.ts";
import type { Column, KindName, PipelineNode, PythonBody } from "../../../shared/graph/index.ts";
import type { ConnectorHosts, Relation, SqlHosts } from "../duckdb/sql-host.ts";
import type { Project } from "../project/project.ts";
import type { PythonRunner } from "../python/python-runner.ts";

/** A further table of a node: `kind.node__name` to previews, queries, SQL and Python. */
export interface ExtraOutput {
  /** Letters, digits and underscores. */
  readonly name: string;
  /** Absolute path below `context.scratch`. */
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** SHA-256 of the file, where the executor already knows it. */
  readonly hash?: string | undefined;
}

/** What an executor leaves behind: a parquet file in the node's scratch folder, or nothing (`file: null`). */
export interface NodeOutput {
  /** Absolute path below `context.scratch`; the runner verifies it, moves it into the cache and views it. */
  readonly file: string | null;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** SHA-256 of the file, where the executor already knows it. */
  readonly hash?: string | undefined;
  /** Tables beside the main one; a node without a main table has none. */
  readonly extra?: readonly ExtraOutput[] | undefined;
  readonly warnings?: readonly string[] | undefined;
  /** The node failed although its tables are there: they are kept, readers are not run, nothing is tried again. */
  readonly failure?: HeadraceError | undefined;
  readonly metrics?: { readonly memoryMb: number | null; readonly cpuSeconds: number | null } | undefined;
  /** More keys for the result's `metadata`. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

export type Log = (
  level: "debug" | "info" | "warning" | "error",
  text: string,
  stream?: "stdout" | "stderr" | "log",
) => void;

/** Everything an executor may use; nothing is global, and a test makes one in a line. */
export interface ExecutionContext {
  readonly project: Project;
  readonly projectName: string;
  /** Absolute folders. */
  readonly workspacePath: string;
  readonly targetPath: string;
  readonly stateDir: string;
  /** This node's own folder for this run; removed afterwards. Made for executors whose `usesScratch` is not false. */
  readonly scratch: string;
  /** Absolute path where the executor may write its table; its folder is there. */
  readonly output: string;
  readonly runId: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly dryRun: boolean;
  readonly verbose: boolean;
  /** Tables that this run may replace on production connections. */
  readonly confirmed?: readonly string[] | undefined;
  /** Logical date and interval of the run, ISO 8601; `$date`, `$start` and `$end` see them. */
  readonly interval: RunInterval;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly progress: (phase: string, detail?: { rows?: number; fraction?: number }) => void;
  /** The inputs' relations, in input order. */
  readonly inputs: readonly Relation[];
  readonly duckdb: SqlHosts;
  readonly connectors: ConnectorHosts;
  readonly python: PythonRunner;
  /** Absolute path of a node's `target/intermediate/<kind>_<name>.parquet`. */
  outputPath(node: PipelineNode): string;
}

/** A node's finished table, wherever its file is. */
export interface StoredOutput {
  /** Absolute. */
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** Where a node's stores are looked for. */
export interface StorePlace {
  /** Absolute. */
  readonly targetPath: string;
  readonly project: Project;
  /** `files`: only what a plan may look at on every keystroke. `everything`: servers too. */
  readonly reach: "files" | "everything";
  readonly signal: AbortSignal;
}

/** What a node keeps besides its table, made from the table alone. Writing it again changes nothing. */
export interface KeptStores<K extends KindName, P> {
  /** What does not hold the table with this hash, a sentence fragment each. Throws where it cannot be told. */
  behind(node: PipelineNode<K>, plan: P, table: string, place: StorePlace): Promise<readonly string[]>;
  /** Writes them; gives keys for the result's `metadata`. */
  bringUp(
    node: PipelineNode<K>,
    plan: P,
    table: StoredOutput,
    context: ExecutionContext,
  ): Promise<Readonly<Record<string, unknown>>>;
}

export interface RunInterval {
  /** The logical date, `YYYY-MM-DD`; never taken from the clock inside a node. */
  readonly date: string;
  readonly start: string | null;
  readonly end: string | null;
}

/**
 * One kind's behaviour: validate (no I/O) → plan (pure) → prepare → execute → finish (always runs).
 * Only `execute` is required; the runner owns order, dry run, timing, retries, caching, materialization and errors.
 */
export interface Executor<K extends KindName = KindName, P = unknown> {
  readonly kind: K;
  /** Bump when the same definition would now give another output: it is part of the fingerprint. */
  readonly version: number;
  /** False where a node of this kind writes nothing but `context.output`: most nodes then cost no folder. */
  usesScratch?(node: PipelineNode<K>): boolean;
  /** Why a node of this kind runs on every run, as a reason's words, where `inputsState` always gives null. */
  readonly everyRun?: string;
  /** Throws ExecutorValidationError. */
  validate?(node: PipelineNode<K>, project: Project): void;
  /** Pure: a dry run prints it, the fingerprint covers it, execute receives it. Must be JSON-safe. */
  plan(node: PipelineNode<K>, project: Project, interval: RunInterval): P;
  /** Whether the output depends on the run's date or interval although the plan does not hold them. */
  seesInterval?(plan: P): boolean;
  /**
   * What outside the project's definition the output depends on (files' bytes, a watermark), as text that is equal
   * while nothing changed; `null` when it cannot be known and the node runs every time. `unasked` when only a server
   * could tell and `probe.reach` is files.
   */
  inputsState?(node: PipelineNode<K>, plan: P, probe: InputsProbe): Promise<InputsState | null | "unasked">;
  /** What lies outside is made by the node's inputs: it is looked at again once they are done. */
  readonly looksAgain?: boolean | undefined;
  /** A Python function of the engine's own that nodes of this kind run: its environment is part of the fingerprint. */
  environmentBody?(node: PipelineNode<K>, plan: P): PythonBody;
  /** Lines that a dry run shows of the plan. */
  describe?(plan: P): readonly string[];
  /** Stores that a run brings up to the table also when the table itself is up to date. */
  readonly stores?: KeptStores<K, P> | undefined;
  prepare?(node: PipelineNode<K>, plan: P, context: ExecutionContext): Promise<void>;
  execute(node: PipelineNode<K>, plan: P, context: ExecutionContext): Promise<NodeOutput>;
  finish?(node: PipelineNode<K>, plan: P, context: ExecutionContext, output: NodeOutput | null): Promise<void>;
}

/** Parts of what a node depends on outside the project's definition, each with the name a reason uses. */
export interface InputsState {
  /** e.g. `{ "data/orders.csv": "<sha256>" }` or `{ "watermark of public.orders": "2024-01-01" }`. */
  readonly parts: Readonly<Record<string, string>>;
}

export interface InputsProbe {
  /** SHA-256 of a file's bytes; cheap when size, mtime, ctime and inode are as last time. Throws `source_file_missing`. */
  fileHash(absolutePath: string): Promise<string>;
  readonly project: Project;
  readonly connectors: ConnectorHosts;
  /** `files`: no server is asked, or even started, for this. `everything`: servers too. */
  readonly reach: "files" | "everything";
  readonly signal: AbortSignal;
}

/** Keeps an executor's kind and plan type exact. */
export const defineExecutor = <K extends KindName, P>(
  kind: K,
  executor: Omit<Executor<K, P>, "kind">,
): Executor<K, P> => ({
  kind,
  ...executor,
});
