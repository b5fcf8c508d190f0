// What a source connector is: how a node's file becomes a plan, what makes it out of date, and how it is read.

import type { Column, KindConfigs } from "../../../shared/graph/index.ts";
import type { ConnectorHosts } from "../duckdb/sql-host.ts";
import type { ExecutionContext, InputsProbe, InputsState } from "../executors/executor.ts";
import type { SourceFile } from "./files.ts";

/** What `source:` may say; `database` takes its type from the connection. */
export type SourceType = NonNullable<KindConfigs["source"]["source"]>;

/** A column that the node's file declares; `type` is DuckDB's spelling, `null` where only the name is known. */
export interface DeclaredColumn {
  readonly name: string;
  readonly type: string | null;
}

/** A source node with all its spellings unified: what a dry run prints and the fingerprint covers. */
export interface SourcePlan {
  readonly node: string;
  readonly type: SourceType;
  /** File sources and SQLite: a path or glob, relative to the project or absolute. */
  readonly path: string | null;
  readonly table: string | null;
  /** Runs on the server and wins over `table`. */
  readonly query: string | null;
  readonly connection: string | null;
  /** Every column, in order, when the node declares them; checked against what arrives. */
  readonly columns: readonly DeclaredColumn[] | null;
  /** `params.types`: types of some columns by name. */
  readonly types: Readonly<Record<string, string>>;
  /** Options of this type of source, already checked. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Values that a query binds as `$name`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly watermark: string | null;
}

export interface SourceRead {
  /** Absolute path of the parquet written below `context.scratch`. */
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  readonly hash: string;
  readonly memoryMb: number | null;
  readonly cpuSeconds: number | null;
  readonly warnings: readonly string[];
  /** When the source was last written, milliseconds since 1970; `null` where only the data can tell. */
  readonly modified: number | null;
  /** For the result's metadata: the files, the pinned dialect. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Of a head: there is no more than was read. */
  readonly isAll?: boolean | undefined;
}

/** What looking at a source takes, apart from a run. */
export type LookContext = Pick<ExecutionContext, "signal" | "scratch" | "config"> & {
  readonly connectors: Pick<ConnectorHosts, "run">;
};

/** How much of a source is looked at before it is run. */
export interface HeadWanted {
  /** At most. */
  readonly rows: number;
  /** What a server may take for them; files are read as far as the rows need. */
  readonly seconds: number;
  /** A file that is still coming in, in place of those that the plan names. */
  readonly arriving: SourceFile | null;
}

/** What reading a source takes; `head` reads only its beginning, as nearly as the type of source can. */
export type ReadContext = LookContext &
  Pick<ExecutionContext, "project" | "log" | "runId"> & { readonly head?: HeadWanted | undefined };

/** One type of source. */
export interface Connector {
  /** Names in `params` that this type reads; any other is an error. */
  readonly options: readonly string[];
  /** Checks what needs no I/O and returns the options to keep. Throws ExecutorValidationError. */
  check(plan: SourcePlan): Readonly<Record<string, unknown>>;
  /** `null`: read every time. */
  inputsState(plan: SourcePlan, probe: InputsProbe): Promise<InputsState | null | "unasked">;
  /** Reads everything, or a head, into `output`, a parquet file below the node's scratch folder. */
  read(plan: SourcePlan, output: string, context: ReadContext): Promise<SourceRead>;
}
