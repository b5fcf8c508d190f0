import type { ErrorData } from "../../../shared/errors/index.ts";
import type { NodeId, PipelineNode } from "../../../shared/graph/index.ts";

/** A connection of profiles.yml with variables and secrets resolved. Never log or store one. */
export interface PostgresConnection {
  readonly name: string;
  readonly type: "postgresql";
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `null`: PGPASSFILE or a trusting server. */
  readonly password: string | null;
  readonly database: string;
  readonly sslmode: "disable" | "prefer" | "require" | "verify-ca" | "verify-full";
  /** Marks a server where replacing a non-empty table asks first. */
  readonly production: boolean;
}
export interface SqliteConnection {
  readonly name: string;
  readonly type: "sqlite";
  /** Absolute. */
  readonly path: string;
}
export type Connection = PostgresConnection | SqliteConnection;

/** How Python nodes get their interpreter; see FORMAT's environment modes in the user guide. */
export interface PythonSettings {
  readonly mode: "managed" | "uv-run" | "provisioned";
  /** The interpreter that environments are built on, or that runs nodes itself; `null` finds one. */
  readonly interpreter: string | null;
  /** Requirements that every Python node gets, besides its own script block. */
  readonly dependencies: readonly string[];
}

export interface ProjectSettings {
  readonly name: string;
  readonly version: string | null;
  readonly description: string | null;
  readonly profile: string | null;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly engine: {
    readonly type: "duckdb" | "spark";
    readonly memory: number | null;
    readonly threads: number | null;
  };
  readonly python: PythonSettings;
}

/** A problem found while loading. An `error` makes `run` refuse (exit 2); a `warning` is printed. */
export interface Problem extends ErrorData {
  readonly severity: "error" | "warning";
}

/** A loaded project: the graph and everything that stood in the way of a part of it. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly settings: ProjectSettings;
  /** In dependency order where there is no cycle. */
  readonly nodes: ReadonlyMap<NodeId, PipelineNode>;
  /** Files or documents that could not become a node, kept so that the rest stays usable. */
  readonly broken: readonly { readonly file: string; readonly id: NodeId | null; readonly problem: Problem }[];
  readonly problems: readonly Problem[];
  /** Names of the connections of the chosen profile; `connection()` resolves one. */
  readonly connections: readonly string[];
  /** The one of them that stands for the project's own server, started when first asked for; `null` without one. */
  readonly ownServer: string | null;
  /** Resolves variables and secrets of one connection; `null` takes the default one. Throws ProjectError. */
  connection(name: string | null): Promise<Connection>;
}
