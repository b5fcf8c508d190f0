import type { FileDescription } from "./connectors/describe-file.ts";
import type { SourceFile } from "./connectors/files.ts";
import type { Materialization } from "../../shared/graph/index.ts";
import type { Plan, RunEvent, RunSummary } from "../../shared/run/index.ts";
import type { Draft, DraftSchema, SchemaReport } from "./describe/node-schema.ts";
import type { Page, SqlFunction } from "./duckdb/sql-host.ts";
import type { SpawnHost } from "./duckdb/spawn-host.ts";
import type { Executor, RunInterval } from "./executors/executor.ts";
import type { Apis } from "./exposures/apis.ts";
import type { ProjectLineage } from "./lineage/index.ts";
import type { MaterializationPreview, TargetDescription } from "./materializers/materializer.ts";
import type { Problem, Project } from "./project/project.ts";
import type { Tables } from "./preview/tables.ts";
import type { RowDifference } from "./run/compare-outputs.ts";
import type { RunComparison } from "./state/compare-runs.ts";
import type { RunRecord } from "./state/history.ts";

export interface EngineOptions {
  /** Absolute project folder. */
  readonly root: string;
  /** Starts DuckDB hosts; Node's `fork` when left out. */
  readonly spawnHost?: SpawnHost | undefined;
  /** Replaces or adds executors by kind. */
  readonly executors?: Readonly<Record<string, Executor>> | undefined;
  /** A profile's name or a path of a profiles file. */
  readonly profile?: string | undefined;
  /** Where environments, servers and extensions live; the user's data folder when left out. */
  readonly dataDir?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Asked before anything of the project is run, imported, connected to or followed out of its folder; trusted when
   * left out, as for a person who types a command in it.
   */
  readonly isTrusted?: (() => boolean) | undefined;
  /** Answers `${secret:name}` of a profile from a keychain; `null` when there is no such secret. */
  readonly secret?: ((name: string) => Promise<string | null>) | undefined;
  /** A file that a window is bringing in, as far as it has come; `null` when there is none under this name. */
  readonly arriving?: ((upload: string) => Promise<SourceFile | null>) | undefined;
}

/** Which nodes a command is about. Everything when all are empty. */
export interface Selection {
  /** `+a`, `a+`, `2+a`, `@a`, `tag:x`, `kind:x`, `path:x`, `stale`, `state:modified`; commas intersect. */
  readonly selectors: readonly string[];
  readonly nodes: readonly string[];
  readonly types: readonly string[];
  readonly tags: readonly string[];
  readonly excludeTags: readonly string[];
}

export interface PlanOptions extends Selection {
  /** Ignores every cached output of the selected nodes. */
  readonly full: boolean;
  readonly materialize: boolean;
  readonly interval: Partial<RunInterval>;
}

export interface RunOptions extends PlanOptions {
  /** Nodes at a time; `null` takes the machine's cores (at most 4). 1 is sequential. */
  readonly maxWorkers: number | null;
  readonly continueOnError: boolean;
  /** Tries in all for each node, over what its file says; `null` leaves that. */
  readonly retryAttempts: number | null;
  readonly timeoutSeconds: number | null;
  readonly runId: string | null;
  readonly verbose: boolean;
  /** Tables (`schema.table`) that may be replaced on production connections although they have rows. */
  readonly confirm?: readonly string[] | undefined;
}

/** What a dry run found, with what it was counted from. */
export interface TargetPreviews {
  readonly previews: readonly MaterializationPreview[];
  /** Why the node would run first, so that these are counts of its last table; `null` when it is up to date. */
  readonly stale: string | null;
}

/** How often the values of columns are missing or repeated in a node's table. */
export interface KeyFacts {
  readonly rows: number;
  readonly nulls: number;
  /** Values that more than one row has. */
  readonly repeated: number;
  /** Some of them, `id=1, day=2024-01-01 (3 rows)`. */
  readonly examples: readonly string[];
}

/** A project's engine: loads, plans, runs and looks at tables. The terminal and the studio use nothing else. */
export interface Engine extends AsyncDisposable {
  /** The project as its files are now; cached while they do not change. Never throws for what one file says. */
  project(): Promise<Project>;
  plan(options: PlanOptions, signal: AbortSignal): Promise<Plan>;
  /** Runs the plan. Throws only for what stops the whole run before it starts; node failures are in the summary. */
  run(options: RunOptions, signal: AbortSignal, on: (event: RunEvent) => void): Promise<RunSummary>;
  /** Rows of a node's present output. Throws `output_missing` with the command that makes it. */
  preview(node: string, range: { readonly offset: number; readonly limit: number }, signal: AbortSignal): Promise<Page>;
  /** Ad-hoc SQL over every node's present output. */
  query(sql: string, range: { readonly offset: number; readonly limit: number }, signal: AbortSignal): Promise<Page>;
  /** Every node's columns as its definition makes them now, and what does not fit them. Runs nothing. */
  schemas(signal: AbortSignal): Promise<SchemaReport>;
  /** Rows of exposures of type `api`, for whoever serves them. */
  readonly apis: Apis;
  /** Where every node's columns come from and what they decide. Runs nothing. */
  lineage(signal: AbortSignal): Promise<ProjectLineage>;
  /** What a text would give as a node's SQL, before it is saved. Runs nothing. */
  describe(draft: Draft, signal: AbortSignal): Promise<DraftSchema>;
  /** Every function that SQL may call. */
  sqlFunctions(): Promise<readonly SqlFunction[]>;
  /** What is wrong with a pipeline file by itself, were this its text. */
  checkText(file: string, text: string): Promise<readonly Problem[]>;
  /**
   * What materializing would do on the real targets, counted from the output that a run would write; writes nothing.
   * `unsaved` looks at one target that the node's file does not have yet.
   */
  previewMaterializations(node: string, signal: AbortSignal, unsaved?: Materialization): Promise<TargetPreviews>;
  /** A target as it is now and how the node's columns would meet it. */
  describeTarget(node: string, target: Materialization, signal: AbortSignal): Promise<TargetDescription>;
  /** Whether columns identify the rows of a node's table. */
  keyFacts(node: string, keys: readonly string[], signal: AbortSignal): Promise<KeyFacts>;
  /** Rows of a target itself, as whoever reads it sees them. */
  targetPage(
    target: Materialization,
    range: { readonly offset: number; readonly limit: number },
    signal: AbortSignal,
  ): Promise<Page>;
  /**
   * Counts rows that differ between two outputs of earlier runs, given by `metadata.output_hash`. `null` when one is
   * gone or they are too large for a quick answer.
   */
  compareOutputs(
    request: { readonly before: string; readonly after: string; readonly keys: readonly string[] },
    signal: AbortSignal,
  ): Promise<RowDifference | null>;
  /** How a file of the project would be read as a source: its format, dialect and types. */
  describeFile(file: string, signal: AbortSignal): Promise<FileDescription>;
  /** Any rows of any table, sorted, filtered and searched. */
  readonly tables: Tables;
  /** Finished and killed runs, newest first. */
  history(limit: number): Promise<readonly RunRecord[]>;
  /** Two runs of the history, node by node. Throws `run_not_found`. */
  compareRuns(from: string, to: string): Promise<RunComparison>;
  /** The events of one run, as far as its journal is whole. */
  events(runId: string): Promise<readonly RunEvent[]>;
  /** Ids of the DuckDB host processes that run now. */
  hostPids(): readonly number[];
  /** Removes outputs nothing refers to any more (`all`: every generated file); returns bytes freed. */
  clean(options: {
    readonly all: boolean;
    readonly dryRun: boolean;
  }): Promise<{ readonly files: number; readonly bytes: number }>;
}
