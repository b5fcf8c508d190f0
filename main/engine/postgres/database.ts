import type { PostgresConnection } from "../project/project.ts";
import { postgresClient } from "./client.ts";
import { quoteIdentifier } from "./identifiers.ts";
import { sqlstateOf } from "./postgres-error.ts";

const alreadyThere = new Set(["42P04", "23505"]);

/** Creates the connection's database on its server if it is not there, asking through database `postgres`. */
export const ensureDatabase = async (connection: PostgresConnection): Promise<void> => {
  await using client = await postgresClient({ ...connection, database: "postgres" }, { applicationName: "headrace" });
  const found = await client.query("select 1 from pg_database where datname = $1", [connection.database]);
  if (found.rowCount !== 0) return;
  try {
    await client.query(`create database ${quoteIdentifier(connection.database)}`);
  } catch (error) {
    if (!alreadyThere.has(sqlstateOf(error))) throw error;
  }
};
