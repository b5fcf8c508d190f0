// Parquet files: one or many with the same columns; declared types are applied where they lose nothing.

import { z } from "zod";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { Column } from "../../../shared/graph/index.ts";
import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import { refusal, shortened } from "./connector-error.ts";
import type { Connector, LookContext, SourcePlan } from "./connector.ts";
import { matchColumns, type MatchedColumn } from "./declared-columns.ts";
import { filesState, newest, sourceFiles, type SourceFile } from "./files.ts";
import { queryRows } from "./run-sql.ts";
import { checkSameColumns } from "./same-columns.ts";
import { isoFormats, type StrictCast } from "./strict-cast.ts";
import type { TextColumn } from "./typed-select.ts";
import { writeTyped } from "./write-typed.ts";

interface ParquetFile extends SourceFile {
  readonly columns: readonly Column[];
  readonly names: readonly string[];
}

const describedRow = z.tuple([z.string(), z.string()]).rest(z.unknown());

const damaged = (node: string, file: SourceFile, error: unknown): unknown => {
  const message = refusal(error);
  if (message === null) return error;
  const detail = shortened(message).replaceAll(file.path, file.name);
  const params = { path: file.name, detail };
  return new ExecutorExecutionError("source_file_damaged", { node, params }, { cause: error });
};

/** Columns of one file, from its footer. Throws `source_file_empty`, `source_file_damaged`. */
const describe = async (node: string, file: SourceFile, context: LookContext): Promise<ParquetFile> => {
  if (file.bytes === 0) throw new ExecutorExecutionError("source_file_empty", { node, params: { path: file.name } });
  const sql = `select column_name, column_type from (describe select * from read_parquet(${literal(file.path)}))`;
  try {
    const rows = await queryRows(node, sql, context);
    const columns = rows.map((row) => describedRow.parse(row)).map(([name, type]) => ({ name, type }));
    return { ...file, columns, names: columns.map(({ name }) => name) };
  } catch (error) {
    throw damaged(node, file, error);
  }
};

/** The same name must not have two types, or values would be cast without a word. */
const checkSameTypes = (node: string, files: readonly ParquetFile[]): void => {
  const [first, ...others] = files;
  for (const file of others) {
    for (const { name, type } of file.columns) {
      const expected = first?.columns.find((column) => column.name === name);
      if (first === undefined || expected === undefined || expected.type === type) continue;
      const detail = `${name} is ${expected.type} in the one and ${type} in the other`;
      const params = { path: first.name, other: file.name, detail, column: name };
      throw new ExecutorExecutionError("source_schema_differs", { node, params });
    }
  }
};

/** From one type to another and back: equal, or something was lost. */
const betweenTypes = (from: string, to: string): StrictCast => ({
  value: (column) => `try_cast(${column} as ${to})`,
  valid: (column, value) => `${value} is not null and try_cast(${value} as ${from}) is not distinct from ${column}`,
});

const columnFor = (file: ParquetFile, { name, type, from }: MatchedColumn): TextColumn => {
  const stored = file.columns[from]?.type ?? "VARCHAR";
  const wanted = type ?? stored;
  const asItIs: StrictCast = { value: (column) => column, valid: () => "true" };
  const cast = wanted === stored ? asItIs : betweenTypes(stored, wanted);
  return { name, text: quoted(file.names[from] ?? ""), type: wanted, emptyIsNull: false, cast };
};

const readAll = (paths: readonly string[]): string =>
  `read_parquet([${paths.map(literal).join(", ")}], union_by_name = true)`;

/** Rows of all files, as their footers tell. */
const countAll = async (node: string, paths: readonly string[], context: LookContext): Promise<number> => {
  const sql = `select sum(num_rows)::bigint from parquet_file_metadata([${paths.map(literal).join(", ")}])`;
  const [[rows] = []] = await queryRows(node, sql, context);
  return Number(rows);
};

const read: Connector["read"] = async (plan, output, context) => {
  const found = await sourceFiles(plan, context);
  const files: ParquetFile[] = [];
  for (const file of found) files.push(await describe(plan.node, file, context));
  checkSameColumns(plan.node, files);
  checkSameTypes(plan.node, files);
  const [first] = files;
  if (first === undefined) throw new TypeError("no files");
  const columns = matchColumns(plan, first.name, first.names).map((column) => columnFor(first, column));
  const paths = files.map(({ path }) => path);
  const { head } = context;
  const written = await writeTyped(plan, output, context, {
    columns,
    relation: head === undefined ? readAll(paths) : `(select * from ${readAll(paths)} limit ${head.rows})`,
    formats: isoFormats,
    parts: files.map((file) => ({
      name: file.name,
      relation: readAll([file.path]),
      place: async (row) => `row ${row}`,
    })),
  }).catch((error: unknown) => explain(plan, files, context, error));
  return {
    ...written,
    warnings: [],
    modified: newest(found),
    metadata: { files: files.map(({ name }) => name) },
    ...(head === undefined ? {} : { isAll: (await countAll(plan.node, paths, context)) <= head.rows }),
  };
};

/** Names the file that cannot be read to its end. */
const explain = async (
  plan: SourcePlan,
  files: readonly ParquetFile[],
  context: LookContext,
  error: unknown,
): Promise<never> => {
  if (!(error instanceof ExecutorExecutionError) || error.code !== "source_file_unreadable") throw error;
  for (const file of files) {
    const columns = file.names.map((name) => `bit_xor(hash(${quoted(name)}))`).join(", ");
    const sql = `select ${columns} from read_parquet(${literal(file.path)})`;
    await queryRows(plan.node, sql, context).catch((cause: unknown) => {
      throw damaged(plan.node, file, cause);
    });
  }
  throw error;
};

/** `source: parquet`. */
export const parquetConnector: Connector = {
  options: [],
  check: (plan) => plan.options,
  inputsState: (plan, probe) => filesState(plan.node, plan.path ?? "", probe),
  read,
};
