import type pg from "pg";

import { postgresClient } from "../main/engine/postgres/index.ts";
import type { PostgresConnection } from "../main/engine/project/project.ts";
import { temporaryDatabase } from "./postgres.ts";
import { temporaryProject, type TemporaryProject } from "./temporary-project.ts";

/** A project whose connection `warehouse` is an empty database of a real server. */
export interface WarehouseProject extends TemporaryProject {
  /** What an independent client sees: the rows of one statement. */
  select(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** An independent client, for what a test does to the server itself. */
  readonly client: pg.Client;
  /** Of the database itself, password included. */
  readonly connection: PostgresConnection;
  /** What the profile reads from `WAREHOUSE_PASSWORD`. */
  readonly password: string;
}

const profile = (connection: { host: string; port: number; user: string; database: string }, name: string): string =>
  [
    "connections:",
    `  ${name}:`,
    "    type: postgresql",
    `    host: ${connection.host}`,
    `    port: ${connection.port}`,
    `    user: ${connection.user}`,
    // As a user would: the password is not in the file.
    "    password: ${WAREHOUSE_PASSWORD}",
    `    database: ${connection.database}`,
    "",
  ].join("\n");

/** Writes the files and a profiles.yml beside them: `await using project = await warehouseProject({ … })`. */
export const warehouseProject = async (files: Readonly<Record<string, string>>): Promise<WarehouseProject> => {
  const database = await temporaryDatabase();
  const { connection } = database;
  const project = await temporaryProject(
    { "profiles.yml": profile(connection, "warehouse"), ...files },
    { environment: { ...process.env, WAREHOUSE_PASSWORD: connection.password ?? "" } },
  );
  const client = await postgresClient(connection, { applicationName: "headrace:test" });
  return {
    ...project,
    client: client as unknown as pg.Client,
    connection,
    password: connection.password ?? "",
    select: async (sql) => (await client.query(sql)).rows as readonly Record<string, unknown>[],
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await project[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
};
