import type { Analyze } from "./analyze-sql.ts";
import type { PostgresConnection, Project } from "./project.ts";
import type { ImportPython } from "./read-context.ts";

/** What loading a project needs beside its folder. */
export interface LoadOptions {
  /** Absolute project folder. */
  readonly root: string;
  /** `--profile`: a name, or a path of a profiles file. */
  readonly profile?: string | null | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's data folder. */
  readonly dataDir: string;
  readonly analyze: Analyze;
  /** `false` leaves target/manifest.json as it is. */
  readonly keepsManifest?: boolean | undefined;
  /** Returned as it is when nothing changed since it was loaded. */
  readonly previous?: Project | undefined;
  /** Reads decorators whose arguments are computed; without it they are errors. */
  readonly importPython?: ImportPython | undefined;
  /** Starts (or finds) the project's own PostgreSQL server. */
  readonly embeddedPostgres?: (() => Promise<PostgresConnection>) | undefined;
  /** Answers `${secret:name}`; `null` when there is no such secret. */
  readonly secret?: ((name: string) => Promise<string | null>) | undefined;
}
