import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import type { SourceFile } from "../files.ts";

/** A read-only connection that knows how to tell what went wrong. */
export interface SqliteDatabase extends Disposable {
  readonly file: SourceFile;
  /** One SELECT, wrapped so that it can be nothing else; throws `source_query_failed`. */
  prepare(select: string): StatementSync;
  all(select: string, parameters: Readonly<Record<string, unknown>>): readonly (readonly (string | null)[])[];
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

/** Wraps what SQLite threw. */
export const sqliteFailed = (node: string, file: SourceFile, error: unknown): ExecutorExecutionError => {
  if (error instanceof ExecutorExecutionError) return error;
  const detail = messageOf(error);
  const code = damaged.test(detail) ? "source_file_damaged" : "source_query_failed";
  return new ExecutorExecutionError(
    code,
    { node, params: { node, path: file.name, where: file.name, detail } },
    { cause: error },
  );
};

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

/** Opens a database to read. Throws `source_file_damaged`, `source_file_unreadable`. */
export const openSqlite = (node: string, file: SourceFile): SqliteDatabase => {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file.path, { readOnly: true });
    database.prepare("select count(*) from sqlite_schema").get();
  } catch (error) {
    if (damaged.test(messageOf(error))) throw sqliteFailed(node, file, error);
    const params = { path: file.name, detail: messageOf(error) };
    throw new ExecutorExecutionError("source_file_unreadable", { node, params }, { cause: error });
  }
  const prepare = (select: string): StatementSync => {
    try {
      const statement = database.prepare(`select * from (\n${select.trim().replace(/;\s*$/, "")}\n)`);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      return statement;
    } catch (error) {
      throw sqliteFailed(node, file, error);
    }
  };
  return {
    file,
    prepare,
    all(select, parameters) {
      try {
        return (prepare(select).all(bindings(parameters)) as unknown as unknown[][]).map((row) => row.map(textOf));
      } catch (error) {
        throw sqliteFailed(node, file, error);
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
