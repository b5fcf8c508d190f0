import type { Column, Materialization } from "../../../shared/graph/index.ts";
import type { TargetResult } from "../../../shared/run/index.ts";
import type { ConnectorHosts, Page, SqlHosts } from "../duckdb/sql-host.ts";
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
  /** Tables (`schema.table`) that may be replaced although they have rows and their connection is marked production. */
  readonly confirmed?: readonly string[] | undefined;
}

/** What a dry run on the real target found: nothing was written. */
export interface MaterializationPreview {
  readonly target: string;
  readonly exists: boolean;
  /** The connection is marked `production`: callers ask before writing. */
  readonly production: boolean;
  /** `schema.table`, or the path of a file. */
  readonly label: string;
  /** There are rows now, and the mode replaces them: on production this needs the table's name. */
  readonly replaces: boolean;
  readonly inserts: number | null;
  readonly updates: number | null;
  readonly deletes: number | null;
  readonly unchanged: number | null;
  readonly statements: readonly string[];
  readonly locks: readonly string[];
  readonly warnings: readonly string[];
}

/** One column on its way: `null` where one side does not have it. */
export interface TargetColumnFit {
  readonly name: string;
  /** DuckDB's type. */
  readonly from: string | null;
  /** The type that it is sent as. */
  readonly to: string | null;
  /** The type that the target has now. */
  readonly there: string | null;
  readonly warning: string | null;
}

/** A target as it stands now and how a table's columns would meet it; nothing is compared row by row. */
export interface TargetDescription {
  readonly exists: boolean;
  readonly filled: boolean;
  readonly production: boolean;
  readonly columns: readonly TargetColumnFit[];
  /** Columns of each unique key that the target has, the primary key first. */
  readonly keys: readonly (readonly string[])[];
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
  /** How the columns meet the target, for a form that is still being filled in. Never throws for one column. */
  describe(
    source: MaterializationSource,
    options: Materialization,
    context: MaterializationContext,
  ): Promise<TargetDescription>;
  /** Rows of the target itself. Throws `target_not_there`. */
  page(
    options: Materialization,
    range: { readonly offset: number; readonly limit: number },
    context: Pick<MaterializationContext, "project" | "connectors" | "signal">,
  ): Promise<Page>;
}
