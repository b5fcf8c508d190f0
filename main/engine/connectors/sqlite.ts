// SQLite databases, read with Node's own SQLite: any column may hold any type there, so every value is checked against
// the type that its column declares.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { ExecutorExecutionError, ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { InputsProbe } from "../executors/executor.ts";
import type { Project } from "../project/project.ts";
import type { Connector, LookContext, SourcePlan } from "./connector.ts";
import { matchColumns } from "./declared-columns.ts";
import { displayName, findFiles, type SourceFile } from "./files.ts";
import { inferenceQuery, inferredTypes } from "./infer-types.ts";
import { queryRows } from "./run-sql.ts";
import { rowsColumn, rowsRelation } from "./rows-file.ts";
import { copyRows, type SqliteColumn } from "./sqlite/copy-rows.ts";
import { openSqlite } from "./sqlite/open-sqlite.ts";
import { sqliteStatement } from "./sqlite/statement.ts";
import { isoFormats } from "./strict-cast.ts";
import type { TextColumn } from "./typed-select.ts";
import { watermarkState } from "./watermark.ts";
import { writeTyped } from "./write-typed.ts";

/** The database's file: `params.path`, else the connection's. */
const fileOf = async (plan: SourcePlan, project: Project): Promise<SourceFile> => {
  const path = plan.path ?? (await pathOfConnection(plan, project));
  const [file] = await findFiles(plan.node, project.root, path);
  if (file === undefined) throw new TypeError("findFiles returned none");
  return file;
};

const pathOfConnection = async (plan: SourcePlan, project: Project): Promise<string> => {
  const connection = await project.connection(plan.connection);
  if (connection.type === "sqlite") return connection.path;
  const params = { node: plan.node, wanted: "SQLite", connection: connection.name, found: "PostgreSQL" };
  throw new ExecutorValidationError("source_connection_wrong", { node: plan.node, params });
};

/** What has not been moved into the database file yet lies beside it. */
const besides = (file: SourceFile): readonly string[] => [`${file.path}-wal`].filter((path) => existsSync(path));

const hashes = async (plan: SourcePlan, probe: InputsProbe) => {
  const file = await fileOf(plan, probe.project);
  const parts: Record<string, string> = { [file.name]: await probe.fileHash(file.path) };
  for (const path of besides(file)) parts[displayName(probe.project.root, path)] = await probe.fileHash(path);
  return { parts };
};

const watermark = async (plan: SourcePlan, probe: InputsProbe, query: string) => {
  const file = await fileOf(plan, probe.project);
  using database = openSqlite(plan.node, file);
  const rows = database.all(query, "source_watermark_failed");
  return watermarkState(plan.table ?? "query", rows);
};

const typesOf = async (
  plan: SourcePlan,
  columns: readonly SqliteColumn[],
  relation: string,
  context: LookContext,
): Promise<readonly string[]> => {
  const open = columns.flatMap(({ type }, i) => (type === null ? [i] : []));
  if (open.length === 0) return columns.map(({ type }) => type ?? "VARCHAR");
  const sql = inferenceQuery(open.map(rowsColumn), relation);
  const [row] = await queryRows(plan.node, sql, context);
  const found = inferredTypes(row ?? []);
  return columns.map(({ type }, i) => type ?? found[open.indexOf(i)] ?? "VARCHAR");
};

const read: Connector["read"] = async (plan, output, context) => {
  const file = await fileOf(plan, context.project);
  const rows = join(resolve(context.scratch), "rows.csv");
  using database = openSqlite(plan.node, file);
  const statement = sqliteStatement(plan, file, database);
  const most = context.head?.rows ?? Infinity;
  const copied = await copyRows(plan, { file, statement, most }, rows, context.signal);
  const where = plan.table === null ? `the query of ${plan.node}` : `${plan.table} in ${file.name}`;
  const relation = rowsRelation(rows, copied.columns.length, copied.longest);
  const types = await typesOf(plan, copied.columns, relation, context);
  const matched = matchColumns(
    plan,
    where,
    copied.columns.map(({ name }) => name),
  );
  const columns = matched.map(({ name, type, from }): TextColumn => {
    const wanted = type ?? types[from] ?? "VARCHAR";
    return { name, text: rowsColumn(from), type: wanted, emptyIsNull: false, cast: copied.columns[from]?.cast(wanted) };
  });
  const written = await writeTyped(plan, output, context, {
    columns,
    relation,
    formats: isoFormats,
    parts: [{ name: where, relation, place: async (row) => `row ${row}` }],
  });
  if (written.rows !== copied.rows) {
    const params = { path: where, found: written.rows, expected: copied.rows };
    throw new ExecutorExecutionError("source_rows_differ", { node: plan.node, params });
  }
  const isAll = copied.rows < most;
  return { ...written, warnings: [], modified: file.modified, metadata: { files: [file.name] }, isAll };
};

/** `source: sqlite`. */
export const sqliteConnector: Connector = {
  options: [],
  check: (plan) => plan.options,
  inputsState: (plan, probe) =>
    plan.watermark === null ? hashes(plan, probe) : watermark(plan, probe, plan.watermark),
  read,
};
