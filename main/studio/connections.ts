import type { StudioHandlers } from "../../shared/api/index.ts";
import type { Project } from "../engine/index.ts";
import { readConnection, removeConnection, writeConnection } from "./connections/edit-connection.ts";
import { listConnections } from "./connections/list-connections.ts";
import { postgresColumns, postgresTables, postgresVersion } from "./connections/postgres-browser.ts";
import { sqliteColumns, sqliteTables, sqliteVersion } from "./connections/sqlite-browser.ts";
import { ownServer } from "./connections/own-server.ts";
import { EditedFiles } from "./edit/edited-files.ts";
import type { StudioWindow } from "./studio.ts";

/** One undoable edit of the profiles file. */
const editProfiles = async (
  { session }: StudioWindow,
  about: { readonly label: string; readonly group: string | null },
  edit: (project: Project, files: EditedFiles) => Promise<void>,
): Promise<Record<string, never>> => {
  const files = new EditedFiles(session.root);
  await edit(await session.project(), files);
  await (await session.edits()).apply({ ...about, changes: files.changes() });
  return {};
};

/** The profile's connections: which there are, whether they answer, what is in them. No server is written to. */
export const connectionHandlers = {
  "connections.list": async (_input, { session }) => listConnections(await session.project(), session.isTrusted),
  "connections.get": async ({ name }, { session }) =>
    readConnection(await session.project(), new EditedFiles(session.root), name),
  "connections.save": ({ label, group, ...connection }, window) =>
    editProfiles(window, { label, group }, (project, files) => writeConnection(project, files, connection)),
  "connections.remove": ({ name, label, group }, window) =>
    editProfiles(window, { label, group }, (project, files) => removeConnection(project, files, name)),
  "connections.server": ({ action }, window) => ownServer(window, action),
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
