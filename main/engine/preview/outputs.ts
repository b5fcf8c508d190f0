import type { Relation, QueryJob } from "../duckdb/sql-host.ts";
import type { CachedOutput } from "../state/index.ts";
import type { SourceHead } from "./source-head.ts";

/** What previews need to know of a project: where its tables are. */
export interface Outputs {
  /** A node's present output. Throws `node_not_found`, `output_missing`, `output_changed`. */
  present(node: string): Promise<Relation>;
  /** How the first rows of a source that has no output are read; `null` for what can only be run. */
  head(node: string): Promise<SourceHead | null>;
  /** How the first rows of a file that is being brought in are read. Throws `upload_gone`. */
  arriving(upload: string): Promise<SourceHead>;
  /** The present outputs that a SELECT names. */
  referenced(sql: string): Promise<readonly Relation[]>;
  /** What a node would run with this text, and the nodes that it would read. */
  draft(
    node: string,
    sql: string,
  ): Promise<{ readonly job: Omit<QueryJob, "inputs">; readonly inputs: readonly string[] }>;
  /** A node's newest output and the last one before it that differs and is still there; `null` without one. */
  lastDifferent(node: string): Promise<{ readonly before: OutputAt; readonly after: OutputAt } | null>;
  /** The columns that a node's targets tell rows apart by; empty when none does. */
  targetKeys(node: string): Promise<readonly string[]>;
}

/** An output of a run. */
export interface OutputAt {
  readonly runId: string;
  /** ISO 8601. */
  readonly time: string;
  readonly output: CachedOutput;
  readonly relation: Relation;
}
