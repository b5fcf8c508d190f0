import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";

import { ExecutorExecutionError, type ErrorCode } from "../../../../shared/errors/index.ts";
import type { SourceFile } from "../files.ts";

/** A read-only connection that knows how to tell what went wrong. */
export interface SqliteDatabase extends Disposable {
  readonly file: SourceFile;
  /** One SELECT, wrapped so that it can be nothing else; throws `source_query_failed`. */
  prepare(select: string): StatementSync;
  /** Every row as text; what fails is told as `code`. */
  all(select: string, code: ErrorCode): readonly (readonly (string | null)[])[];
  tables(): readonly string[];
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Bare values that SQLite binds; anything else as JSON text. */
export const bindings = (parameters: Readonly<Record<string, unknown>>): Record<string, SQLInputValue> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]): [string, SQLInputValue] => {
      if (typeof value === "boolean") return [name, value ? 1 : 0];
      if (value === null || typeof value === "string" || typeof value === "number") return [name, value];
      return [name, JSON.stringify(value)];
    }),
  );

/** SQLite's result codes for a file that is no database, or not a whole one. */
const damaged = /not a database|malformed|disk image|encrypted/i;

/** Wraps what SQLite threw: a damaged file is told as such, anything else as `code`. */
export const sqliteFailed = (
  node: string,
  file: SourceFile,
  error: unknown,
  code: ErrorCode = "source_query_failed",
): ExecutorExecutionError => {
  if (error instanceof ExecutorExecutionError) return error;
  const detail = messageOf(error);
  const params = { node, path: file.name, where: file.name, detail };
  return new ExecutorExecutionError(
    damaged.test(detail) ? "source_file_damaged" : code,
    { node, params },
    { cause: error },
  );
};

/** A value's exact text; a blob as hexadecimal digits. */
export const valueText = (value: SQLOutputValue): string | null => {
  if (value === null) return null;
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : String(value);
};

const open = (node: string, file: SourceFile): DatabaseSync => {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file.path, { readOnly: true });
    database.prepare("select count(*) from sqlite_schema").get();
    return database;
  } catch (error) {
    database?.close();
    throw sqliteFailed(node, file, error, "source_file_unreadable");
  }
};

const compile = (database: DatabaseSync, select: string): StatementSync => {
  const statement = database.prepare(`select * from (\n${select.trim().replace(/;\s*$/, "")}\n)`);
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  return statement;
};

/** Opens a database to read. Throws `source_file_damaged`, `source_file_unreadable`. */
export const openSqlite = (node: string, file: SourceFile): SqliteDatabase => {
  const database = open(node, file);
  return {
    file,
    prepare(select) {
      try {
        return compile(database, select);
      } catch (error) {
        throw sqliteFailed(node, file, error);
      }
    },
    all(select, code) {
      try {
        return (compile(database, select).all() as unknown as SQLOutputValue[][]).map((row) => row.map(valueText));
      } catch (error) {
        throw sqliteFailed(node, file, error, code);
      }
    },
    tables: () =>
      database
        .prepare(
          "select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite_%' order by name",
        )
        .all()
        .map(({ name }) => String(name)),
    [Symbol.dispose]: () => database.close(),
  };
};
