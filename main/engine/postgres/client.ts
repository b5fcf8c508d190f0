import { Client, TypeOverrides, type ClientConfig } from "pg";

import { CancelledError } from "../../../shared/errors/index.ts";
import type { PostgresConnection } from "../project/project.ts";
import { cancelBackend } from "./cancel-backend.ts";
import { findPassword } from "./password-file.ts";
import { postgresError } from "./postgres-error.ts";
import { tlsOptions } from "./tls.ts";

/** A connected `pg` client whose errors are HeadraceErrors; `await using` closes it. */
export type PostgresClient = Client & AsyncDisposable;

export interface PostgresClientOptions {
  /** What `pg_stat_activity` shows, e.g. `headrace:<run>/<node>`. */
  readonly applicationName: string;
  /** Stops the statement that runs, on the server too; later statements but ROLLBACK throw CancelledError. */
  readonly signal?: AbortSignal | undefined;
  readonly connectTimeoutSeconds?: number | undefined;
}

const connectSeconds = 15;
const graceSeconds = 5;

/** Dates, times, intervals and arrays of numerics stay PostgreSQL's exact text, as int8 and numeric already do. */
const keptAsText = [1082, 1114, 1184, 1186, 1115, 1182, 1185, 1187, 1231, 1021, 1022, 17, 600, 718, 1017];
const exactTypes = new TypeOverrides();
for (const oid of keptAsText) exactTypes.setTypeParser(oid, (text: string) => text);

const configure = (
  connection: PostgresConnection,
  options: PostgresClientOptions,
  ssl: ClientConfig["ssl"],
): ClientConfig => ({
  host: connection.host,
  port: connection.port,
  user: connection.user,
  database: connection.database,
  password: () => findPassword(connection, process.env),
  ssl,
  application_name: options.applicationName.slice(0, 63),
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  connectionTimeoutMillis: (options.connectTimeoutSeconds ?? connectSeconds) * 1000,
  types: exactTypes,
});

const connectOnce = async (
  connection: PostgresConnection,
  options: PostgresClientOptions,
  ssl: ClientConfig["ssl"],
): Promise<Client> => {
  const client = new Client(configure(connection, options, ssl));
  // A connection lost between two statements is told by the next one; unheard, it would end the process.
  client.on("error", () => undefined);
  const giveUp = (): void => void client.connection.stream.destroy(new CancelledError());
  options.signal?.addEventListener("abort", giveUp, { once: true });
  try {
    await client.connect();
    // Results mean the same whatever the server's or the role's defaults are.
    await client.query("set timezone to 'UTC'; set datestyle to 'ISO, MDY'; set intervalstyle to 'postgres'");
    return client;
  } catch (error) {
    client.connection.stream.destroy();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", giveUp);
  }
};

const connectWithTls = async (connection: PostgresConnection, options: PostgresClientOptions): Promise<Client> => {
  const ssl = tlsOptions(connection, process.env);
  try {
    return await connectOnce(connection, options, ssl);
  } catch (error) {
    const refusedTls = error instanceof Error && error.message.includes("does not support SSL");
    if (connection.sslmode === "prefer" && refusedTls) return connectOnce(connection, options, false);
    throw error;
  }
};

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;
const isRollback = (statement: unknown): boolean => typeof statement === "string" && /^\s*rollback\b/i.test(statement);

const isStream = (statement: unknown): boolean =>
  typeof statement === "object" && statement !== null && "submit" in statement;

/** Promises of `query` reject with HeadraceErrors; streams (COPY) and callbacks pass through untouched. */
const wrapErrors = (client: Client, connection: PostgresConnection, signal: AbortSignal | undefined): void => {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const wrapped = (...args: unknown[]): unknown => {
    if (isAborted(signal) && !isRollback(args[0])) {
      if (isStream(args[0])) throw new CancelledError();
      return Promise.reject(new CancelledError());
    }
    const result = query(...args);
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      throw isAborted(signal) ? new CancelledError({ cause: error }) : postgresError(error, connection);
    });
  };
  client.query = wrapped as typeof client.query;
};

const cancelOnAbort = (client: Client, connection: PostgresConnection, signal: AbortSignal | undefined): Disposable => {
  if (signal === undefined) return { [Symbol.dispose]: () => undefined };
  let grace: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    void cancelBackend(connection, client).catch(() => undefined);
    grace = setTimeout(() => client.connection.stream.destroy(), graceSeconds * 1000);
    grace.unref();
  };
  signal.addEventListener("abort", cancel, { once: true });
  return {
    [Symbol.dispose]: () => {
      clearTimeout(grace);
      signal.removeEventListener("abort", cancel);
    },
  };
};

/**
 * Connects. Throws `postgres_unreachable`, `postgres_password_wrong`, `postgres_password_missing`,
 * `postgres_database_missing`, `postgres_ssl_failed` or `postgres_failed`; none of them holds the password.
 */
export const postgresClient = async (
  connection: PostgresConnection,
  options: PostgresClientOptions,
): Promise<PostgresClient> => {
  const { signal } = options;
  if (isAborted(signal)) throw new CancelledError();
  let client: Client;
  try {
    client = await connectWithTls(connection, options);
  } catch (error) {
    if (isAborted(signal)) throw new CancelledError({ cause: error });
    throw postgresError(error, connection);
  }
  wrapErrors(client, connection, signal);
  const cancellation = cancelOnAbort(client, connection, signal);
  const close = async (): Promise<void> => {
    cancellation[Symbol.dispose]();
    await client.end().catch(() => undefined);
  };
  return Object.assign(client, { [Symbol.asyncDispose]: close });
};
