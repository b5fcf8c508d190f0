import type { StudioHandlers } from "../../shared/api/index.ts";
import { listConnections } from "./connections/list-connections.ts";
import { postgresColumns, postgresTables, postgresVersion } from "./connections/postgres-browser.ts";
import { sqliteColumns, sqliteTables, sqliteVersion } from "./connections/sqlite-browser.ts";
import type { StudioWindow } from "./studio.ts";

/** The profile's connections: which there are, whether they answer, what is in them. Nothing here writes. */
export const connectionHandlers = {
  "connections.list": async (_input, { session }) => listConnections(await session.project(), session.isTrusted),
  "connections.test": async ({ name }, { session }, signal) => {
    const connection = await (await session.project()).connection(name);
    const started = performance.now();
    const isPostgres = connection.type === "postgresql";
    const version = await (isPostgres ? postgresVersion(connection, signal) : sqliteVersion(connection.path));
    return { version, milliseconds: performance.now() - started };
  },
  "connections.tables": async ({ name }, { session }, signal) => {
    const connection = await (await session.project()).connection(name);
    return connection.type === "postgresql" ? postgresTables(connection, signal) : sqliteTables(connection.path);
  },
  "connections.columns": async ({ name, schema, table }, { session }, signal) => {
    const connection = await (await session.project()).connection(name);
    return connection.type === "postgresql"
      ? postgresColumns(connection, schema, table, signal)
      : sqliteColumns(connection.path, table);
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
