import type { Column, Materialization } from "../../../shared/graph/index.ts";
import type { TargetResult } from "../../../shared/run/index.ts";
import type { ConnectorHosts, SqlHosts } from "../duckdb/sql-host.ts";
import type { Log, RunInterval } from "../executors/executor.ts";
import type { Project } from "../project/project.ts";

/** A finished table to be written somewhere: every kind's result arrives in this shape. */
export interface MaterializationSource {
  readonly node: string;
  readonly runId: string;
  /** Absolute path of the node's parquet in the cache. */
  readonly file: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  /** SHA-256 of the output and of the definition that made it: what the append ledger compares. */
  readonly outputHash: string;
  readonly definitionHash: string;
  readonly envHash: string | null;
  readonly artifactHash: string | null;
}

export interface MaterializationContext {
  readonly project: Project;
  readonly targetPath: string;
  readonly scratch: string;
  readonly interval: RunInterval;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly progress: (phase: string, detail?: { rows?: number; fraction?: number }) => void;
  readonly duckdb: SqlHosts;
  readonly connectors: ConnectorHosts;
}

/** What a dry run on the real target found: nothing was written. */
export interface MaterializationPreview {
  readonly target: string;
  readonly exists: boolean;
  /** The connection is marked `production`: callers ask before writing. */
  readonly production: boolean;
  readonly inserts: number | null;
  readonly updates: number | null;
  readonly deletes: number | null;
  readonly unchanged: number | null;
  readonly statements: readonly string[];
  readonly locks: readonly string[];
  readonly warnings: readonly string[];
}

/** One type of target. Throws HeadraceError; the dispatcher turns it into that target's own result. */
export interface Materializer {
  /** Stable name of the target, for results, plans and retries. Pure. */
  target(options: Materialization, node: string): string;
  /** Wrong options for this type of target, found without I/O. Throws ExecutorValidationError. */
  validate(options: Materialization, node: string, columns: readonly Column[] | null): void;
  write(
    source: MaterializationSource,
    options: Materialization,
    context: MaterializationContext,
  ): Promise<Omit<TargetResult, "target" | "type" | "mode" | "durationSeconds" | "error">>;
  preview(
    source: MaterializationSource,
    options: Materialization,
    context: MaterializationContext,
  ): Promise<MaterializationPreview>;
}
