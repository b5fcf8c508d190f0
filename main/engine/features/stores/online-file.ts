import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export const onlineFile = (targetPath: string): string => join(targetPath, "online", "features.sqlite");

/** The table of one version of a group. */
export const onlineTable = (id: string, version: string): string => `${id.slice(id.indexOf(".") + 1)}__v${version}`;

/** Readers see the state before or after a write, and wait for no writer. */
export const openOnline = (file: string, readOnly: boolean): DatabaseSync & Disposable => {
  const database = new DatabaseSync(file, { readOnly });
  database.exec(readOnly ? "pragma busy_timeout = 5000" : "pragma busy_timeout = 5000; pragma journal_mode = wal");
  return Object.assign(database, { [Symbol.dispose]: () => database.close() });
};
