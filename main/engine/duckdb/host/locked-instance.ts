import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

import type { HostSettings } from "../host-protocol.ts";
import type { QueryLimits } from "../sql-host.ts";
import { literal } from "../sql/identifiers.ts";

const limits = ({ tempDirectory, limits: { memory, threads } }: HostSettings): readonly string[] => [
  `set global autoinstall_known_extensions = false`,
  `set global autoload_known_extensions = false`,
  `set global allow_persistent_secrets = false`,
  `set global memory_limit = '${Math.round(memory / 1024)}KiB'`,
  `set global temp_directory = ${literal(tempDirectory)}`,
  `set global threads = ${threads}`,
  // Casts between timestamps with and without time zone must not depend on the machine.
  `set global TimeZone = 'UTC'`,
  // Positions and candidates as data instead of a drawing.
  `set global errors_as_json = true`,
];

/** A job's own limits, with the host's where it has none. */
export const withDefaults = (own: QueryLimits, usual: HostSettings["limits"]): HostSettings["limits"] => ({
  memory: own.memory ?? usual.memory,
  threads: own.threads ?? usual.threads,
});

const runAll = async (connection: DuckDBConnection, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await connection.run(statement);
};

export interface LockedInstance {
  readonly instance: DuckDBInstance;
  /** A connection that only looks at statements: it does not optimize, which takes as long as binding. */
  readonly binder: DuckDBConnection;
}

/**
 * An in-memory instance for people's SQL. The order matters: folders must be allowed before access is cut,
 * and nothing can be set once the configuration is locked.
 */
export const openLockedInstance = async (settings: HostSettings): Promise<LockedInstance> => {
  const instance = await DuckDBInstance.create(":memory:");
  const binder = await instance.connect();
  await runAll(binder, [
    `set global allowed_directories = [${settings.allowedDirectories.map(literal).join(", ")}]`,
    ...limits(settings),
    `pragma disable_optimizer`,
    `set global enable_external_access = false`,
    `set global lock_configuration = true`,
  ]);
  return { instance, binder };
};

/** An in-memory instance that runs only SQL that Headrace generated. */
export const openConnectorInstance = async (settings: HostSettings): Promise<DuckDBInstance> => {
  const instance = await DuckDBInstance.create(":memory:");
  using connection = closing(await instance.connect());
  await runAll(connection.value, limits(settings));
  return instance;
};

/** Closes a connection at the end of the block. */
export const closing = (connection: DuckDBConnection): Disposable & { readonly value: DuckDBConnection } => ({
  value: connection,
  [Symbol.dispose]: () => connection.closeSync(),
});
