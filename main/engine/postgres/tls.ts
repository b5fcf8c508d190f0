import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";

import { HeadraceError } from "../../../shared/errors/index.ts";
import type { PostgresConnection } from "../project/project.ts";
import { describeConnection } from "./connection-url.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const fileOf = (connection: PostgresConnection, path: string | undefined): string | undefined => {
  if (path === undefined || path === "") return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const params = { where: describeConnection(connection), sslmode: connection.sslmode, detail };
    throw new HeadraceError("postgres_ssl_failed", { params }, { cause });
  }
};

/** libpq's `sslmode` and its PGSSL* variables, in the terms of Node's TLS. `prefer` is tried with TLS first. */
export const tlsOptions = (connection: PostgresConnection, environment: Environment): ConnectionOptions | false => {
  if (connection.sslmode === "disable") return false;
  const ca = fileOf(connection, environment["PGSSLROOTCERT"]);
  const cert = fileOf(connection, environment["PGSSLCERT"]);
  const key = fileOf(connection, environment["PGSSLKEY"]);
  const verifies = connection.sslmode === "verify-ca" || connection.sslmode === "verify-full";
  return {
    rejectUnauthorized: verifies,
    ...(connection.sslmode === "verify-ca" ? { checkServerIdentity: () => undefined } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
};
