// What the engine asks of DuckDB. Every call runs in a host process of its own that can be killed.

import type { Column, NodeId } from "../../../shared/graph/index.ts";
import type { TableAnswers, TableRequests } from "./host/tables/table-calls.ts";

/** A node's output as another node's SQL sees it. */
export interface Relation {
  readonly id: NodeId;
  /** Absolute path of the parquet file; empty for a relation of which only the columns are known: it has no rows. */
  readonly file: string;
  /** The relation's own types: the view casts back what parquet cannot hold. */
  readonly columns: readonly Column[];
  /** Rows of the file, where they are known without looking. */
  readonly rows?: number | undefined;
  /** Only this many rows of the file belong to it; all when left out. */
  readonly firstRows?: number | undefined;
}

export interface QueryLimits {
  /** Bytes; the default is a share of the machine's memory. */
  readonly memory?: number | undefined;
  readonly threads?: number | undefined;
}

export interface QueryJob {
  /** For messages, `application_name` and cancellation. */
  readonly node: NodeId;
  /** One SELECT as the person wrote it: `ref('…')`, `kind.name`, `input_0`, `__THIS__` and `source` included. */
  readonly sql: string;
  /** In input order: the first is `input_0`, `__THIS__` and `source`. */
  readonly inputs: readonly Relation[];
  /** Values for `$name`; strings, numbers, booleans, null, lists. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly limits?: QueryLimits | undefined;
  /** False when the caller makes the written file durable itself, many at a time; true when left out. */
  readonly durable?: boolean | undefined;
  /** Writes no more rows than this; all when left out. */
  readonly firstRows?: number | undefined;
}

export interface WrittenParquet {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** SHA-256 of the file, hex. */
  readonly hash: string;
  readonly bytes: number;
  /** Peak memory of the host in MB and CPU seconds spent on this job, where the platform tells. */
  readonly memoryMb: number | null;
  readonly cpuSeconds: number | null;
}

/** A page of rows as JSON-safe text cells: `null` is NULL, everything else DuckDB's exact text. */
export interface Page {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly totalRows: number | null;
}

/** What a statement refers to, from DuckDB's own syntax tree. */
export interface SqlAnalysis {
  /** `ok`, or why it is not one SELECT or cannot be listed. `offset` is into the text, in characters. */
  readonly error: {
    readonly code: "sql_not_select" | "sql_syntax" | "sql_unlistable";
    readonly detail: string;
    readonly offset: number | null;
  } | null;
  /** Tables it reads that are not CTEs, in order of appearance: `kind.name`, `input_0`, `__THIS__`, `source`, or a bare name. */
  readonly references: readonly { readonly name: string; readonly offset: number | null }[];
  /** Hash of the tree without positions: comments, case of keywords and white space do not change it. */
  readonly hash: string;
  readonly volatile: readonly string[];
  readonly parameters: readonly string[];
  /** Output column names where the text itself shows them all (no `*`), else `null`. */
  readonly columnNames: readonly string[] | null;
}

/** What is wrong with a text, as an editor underlines it. */
export interface SqlFault {
  /**
   * What was not found or does not fit; `alias`: a table's short name, `arguments`: a function's or operator's,
   * `outside`: what reaches beyond the inputs.
   */
  readonly kind:
    | "column"
    | "table"
    | "alias"
    | "function"
    | "arguments"
    | "type"
    | "field"
    | "ambiguous"
    | "ungrouped"
    | "parameter"
    | "syntax"
    | "outside"
    | "other";
  /** DuckDB's own words. */
  readonly detail: string;
  /** DuckDB's code, such as `COLUMN_NOT_FOUND`, where it has one. */
  readonly code: string | null;
  /** As it was written. */
  readonly name: string | null;
  /** `c` of `c.amount`, where DuckDB tells. */
  readonly qualifier: string | null;
  /** What could stand there instead, most alike first. */
  readonly candidates: readonly string[];
  /** Offsets into the text, in characters; `null` when nobody can say where. */
  readonly start: number | null;
  readonly end: number | null;
}

/** What one SELECT gives, or why it cannot. */
export interface SqlSchema {
  readonly columns: readonly Column[] | null;
  readonly fault: SqlFault | null;
}

/** A function that SQL may call. */
export interface SqlFunction {
  readonly name: string;
  readonly type: "scalar" | "aggregate" | "macro" | "table" | "window";
  /** e.g. `(string, separator)`. */
  readonly parameters: string;
  readonly description: string;
}

/**
 * Locked DuckDB instances for people's SQL: no extension, nothing attached, no secret, files only below the
 * project's cache. One host a worker slot, started when first needed; a dead host fails only its own job
 * with `sql_host_lost`.
 */
export interface SqlHosts extends AsyncDisposable {
  /** Writes one SELECT's result to `output` (absolute; written beside, fsynced, then renamed). */
  writeParquet(job: QueryJob, output: string, signal: AbortSignal): Promise<WrittenParquet>;
  /** Column names and types without running. */
  describe(job: QueryJob, signal: AbortSignal): Promise<readonly Column[]>;
  /** As `describe`, with what is wrong as an answer rather than an error. */
  schema(job: QueryJob, signal: AbortSignal): Promise<SqlSchema>;
  /** Every function that SQL may call, by name. */
  functions(): Promise<readonly SqlFunction[]>;
  /** Rows `offset … offset+limit` of a SELECT. */
  page(job: QueryJob, range: { readonly offset: number; readonly limit: number }, signal: AbortSignal): Promise<Page>;
  /** Reads the syntax trees of many statements in one call. Never touches data. */
  analyze(statements: readonly string[]): Promise<readonly SqlAnalysis[]>;
  /** The syntax trees themselves, as `json_serialize_sql` writes them. */
  trees(statements: readonly string[]): Promise<readonly string[]>;
  /** Something with a table that a person looks at, as a view of it. */
  table<K extends keyof TableRequests>(
    name: K,
    request: TableRequests[K],
    signal: AbortSignal,
  ): Promise<TableAnswers[K]>;
  /** As a connector host's `run`, over files that these hosts reach: what a look at a few rows takes. */
  run: ConnectorHosts["run"];
  /** Row count, columns and hash of a parquet file somebody else wrote; throws `parquet_damaged`. */
  inspectParquet(file: string, signal: AbortSignal): Promise<WrittenParquet>;
  /** Process ids of the hosts running now (tests kill one by id). */
  pids(): readonly number[];
}

/** A step for a connector host: SQL that Headrace generated, never a person's. */
export interface ConnectorStep {
  readonly sql: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * DuckDB instances that may read files anywhere, load `postgres` and `sqlite` extensions and attach databases.
 * They run only SQL that Headrace generated. Passwords travel as parameters of the attach call, not in `sql`.
 */
export interface ConnectorHosts extends AsyncDisposable {
  /** Runs the steps in order in one session and returns the last one's rows as text cells. */
  run(
    job: {
      readonly node: NodeId;
      readonly attach?: readonly Attachment[] | undefined;
      readonly steps: readonly ConnectorStep[];
      /** When given, the last step is a SELECT written there as parquet instead of returned. */
      readonly output?: string | undefined;
      readonly limits?: QueryLimits | undefined;
    },
    signal: AbortSignal,
  ): Promise<{ readonly page: Page; readonly written: WrittenParquet | null }>;
  /** Whether the extension can be loaded here; tells why not. */
  extension(name: "postgres" | "sqlite"): Promise<{ readonly available: boolean; readonly why: string | null }>;
  pids(): readonly number[];
}

export type Attachment =
  | {
      readonly type: "postgres";
      readonly alias: string;
      readonly readOnly: boolean;
      readonly connection: {
        readonly host: string;
        readonly port: number;
        readonly user: string;
        readonly password: string | null;
        readonly database: string;
        readonly sslmode: string;
        readonly applicationName: string;
      };
    }
  | { readonly type: "sqlite"; readonly alias: string; readonly readOnly: boolean; readonly path: string };
