import type { PostgresConnection } from "../project/project.ts";
import { findPrograms } from "../provision/find-programs.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Absolute path of a `psql` on the PATH, or `null`: then `runPrompt` takes its place. */
export const psqlExecutable = (environment: Environment): string | null =>
  findPrograms(["psql"], environment)[0] ?? null;

/** What tells `psql` where to connect: variables, because arguments can be read by every user of the machine. */
export const psqlEnvironment = (connection: PostgresConnection): Readonly<Record<string, string>> => ({
  PGHOST: connection.host,
  PGPORT: String(connection.port),
  PGUSER: connection.user,
  PGDATABASE: connection.database,
  PGSSLMODE: connection.sslmode,
  PGAPPNAME: "headrace:psql",
  ...(connection.password === null ? {} : { PGPASSWORD: connection.password }),
});
