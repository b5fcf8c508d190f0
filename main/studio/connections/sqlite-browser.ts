import { statSync } from "node:fs";

import { z } from "zod";

import type { ServerColumn, ServerTable } from "../../../shared/api/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";

const read = async <T>(
  path: string,
  sql: string,
  values: readonly string[],
  row: z.ZodType<T>,
): Promise<readonly T[]> => {
  const { DatabaseSync } = await import("node:sqlite");
  // Opening would make an empty database of a path that is wrong.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new ProjectError("connection_file_missing", { params: { path } });
  }
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return z.array(row).parse(database.prepare(sql).all(...values));
    } finally {
      database.close();
    }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ProjectError("connection_file_unreadable", { params: { path, detail } }, { cause });
  }
};

/** The library's version, once the file could be read. */
export const sqliteVersion = async (path: string): Promise<string> => {
  await read(path, "select name from sqlite_schema limit 1", [], z.object({ name: z.string() }));
  const [row] = await read(path, "select sqlite_version() as version", [], z.object({ version: z.string() }));
  return `SQLite ${row?.version ?? ""}`;
};

const tableRow = z
  .object({ name: z.string(), kind: z.enum(["table", "view"]) })
  .transform(({ name, kind }): ServerTable => ({ schema: "main", name, kind, rows: null }));

export const sqliteTables = (path: string): Promise<readonly ServerTable[]> =>
  read(
    path,
    "select name, type as kind from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by 1",
    [],
    tableRow,
  );

const columnRow = z
  .object({ name: z.string(), type: z.string(), notnull: z.number(), pk: z.number() })
  .transform(({ name, type, notnull, pk }): ServerColumn => ({ name, type, nullable: notnull === 0, isKey: pk > 0 }));

export const sqliteColumns = (path: string, table: string): Promise<readonly ServerColumn[]> =>
  read(path, 'select name, type, "notnull", pk from pragma_table_info(?)', [table], columnRow);
