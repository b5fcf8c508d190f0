import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  connectionUrl,
  embeddedServer,
  postgresClient,
  quoteIdentifier,
  type EmbeddedServer,
} from "../main/engine/postgres/index.ts";
import type { PostgresConnection } from "../main/engine/project/project.ts";

/** Set by the global set-up for every test process of a run. */
const folderVariable = "HEADRACE_TEST_POSTGRES";
export const folderPrefix = "headrace-test-postgres-";

const testServer = (dataDir: string): EmbeddedServer =>
  embeddedServer({
    scope: "user",
    root: dataDir,
    projectName: "shared",
    dataDir,
    log: () => undefined,
    settings: { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "100" },
  });

/** A folder below the system's temporary folder that a server of another account may enter. */
export const reachableTemporaryFolder = async (prefix: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  await chmod(folder, 0o711);
  return folder;
};

/** Makes the folder of this run's server; the server itself starts with the first test that asks for it. */
export const prepareSharedServer = async (): Promise<void> => {
  process.env[folderVariable] = await reachableTemporaryFolder(`${folderPrefix}${process.pid}-`);
};

/** Ends the server in `folder`, if there is one, and removes its data. */
export const removeServerFolder = async (folder: string): Promise<void> => {
  await testServer(folder).stop();
  await rm(folder, { recursive: true, force: true });
};

export const removeSharedServer = async (): Promise<void> => {
  const folder = process.env[folderVariable];
  if (folder !== undefined) await removeServerFolder(folder);
};

/** This test run's one real PostgreSQL server: the superuser's connection to database `shared`. */
export const sharedPostgres = async (): Promise<PostgresConnection> => {
  const folder = process.env[folderVariable];
  if (folder === undefined) throw new Error("test-support/global-setup.ts is not in this project's globalSetup");
  return testServer(folder).connection();
};

export interface TemporaryDatabase extends AsyncDisposable {
  readonly connection: PostgresConnection;
  /** With the password: for programs that want a URL. */
  readonly url: string;
}

/** An empty database of its own for one test, gone when the test ends: `await using database = …`. */
export const temporaryDatabase = async (): Promise<TemporaryDatabase> => {
  const server = await sharedPostgres();
  const name = `test_${randomBytes(6).toString("hex")}`;
  const administer = async (statement: string): Promise<void> => {
    await using client = await postgresClient(server, { applicationName: "headrace:test" });
    await client.query(statement);
  };
  await administer(`create database ${quoteIdentifier(name)}`);
  const connection = { ...server, name: "warehouse", database: name };
  return {
    connection,
    url: connectionUrl(connection),
    [Symbol.asyncDispose]: () => administer(`drop database if exists ${quoteIdentifier(name)} with (force)`),
  };
};
