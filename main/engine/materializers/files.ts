// Result files: written beside, synced, then renamed, so that readers see the old file or the new one.

import { randomBytes } from "node:crypto";
import { mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, join, resolve } from "node:path";

import { ExecutorExecutionError, ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { Column, Materialization } from "../../../shared/graph/index.ts";
import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import { storedForm } from "../duckdb/types/stored-form.ts";
import { syncFolder } from "../files/replace-file.ts";
import { filePage } from "./file-page.ts";
import type { MaterializationContext, MaterializationSource, Materializer, TargetColumnFit } from "./materializer.ts";
import { parquetScan } from "./parquet-scan.ts";
import { normalPath, targetName } from "./target-name.ts";

type FileType = "parquet" | "csv" | "json";

/** Newline-delimited JSON by its file name, else one array. */
const jsonFormat = (path: string): string =>
  [".jsonl", ".ndjson"].includes(extname(path).toLowerCase()) ? "FORMAT json, ARRAY false" : "FORMAT json, ARRAY true";

const formats: Readonly<Record<FileType, (path: string) => string>> = {
  parquet: () => "FORMAT parquet, COMPRESSION zstd",
  csv: () => "FORMAT csv, HEADER true, DATEFORMAT '%Y-%m-%d', TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%f'",
  json: jsonFormat,
};

const exactText = /^(HUGEINT|UHUGEINT|BIT|INTERVAL|TIME WITH TIME ZONE|TIME_NS)$/;

/** JSON has no such numbers; as text they are still there, as PostgreSQL writes them. */
const jsonNumber = (value: string): string =>
  `CASE WHEN isnan(${value}) THEN to_json('NaN') WHEN isinf(${value}) THEN to_json(IF(${value} > 0, 'Infinity', '-Infinity')) ELSE to_json(${value}) END`;

/** Text formats get the relation's own values, with times as ISO 8601. */
export const textValue = (type: FileType, own: string, column: Column): string => {
  if (column.type === "TIMESTAMP WITH TIME ZONE") return `strftime(${own}, '%Y-%m-%dT%H:%M:%S.%fZ')`;
  if (column.type === "TIMESTAMP_NS") return `strftime(${own}, '%Y-%m-%dT%H:%M:%S.%n')`;
  if (type === "csv") return exactText.test(column.type) ? `CAST(${own} AS VARCHAR)` : own;
  if (column.type.startsWith("TIMESTAMP")) return `strftime(${own}, '%Y-%m-%dT%H:%M:%S.%f')`;
  return column.type === "DOUBLE" || column.type === "FLOAT" ? jsonNumber(own) : own;
};

/** Parquet files keep the exact form that the cache has, but for seconds, which the cache keeps as plain numbers. */
const valueOf = (type: FileType, column: Column): string => {
  const source = quoted(column.name);
  const own = storedForm(column.type).load(source);
  if (type !== "parquet") return textValue(type, own, column);
  return column.type === "TIMESTAMP_S" ? `CAST(${own} AS TIMESTAMP)` : source;
};

/** The SELECT of a table's values as a type of file holds them. */
export const fileSelect = (
  type: FileType,
  { file, columns }: Pick<MaterializationSource, "file" | "columns">,
): string =>
  `SELECT ${columns.map((column) => `${valueOf(type, column)} AS ${quoted(column.name)}`).join(", ")} FROM ${parquetScan(file)}`;

const absolutePath = (options: Materialization, source: MaterializationSource, root: string): string => {
  const path = normalPath(options.path ?? options.table ?? source.node);
  return isAbsolute(path) ? path : resolve(root, path);
};

/** The file itself where the path is a link, which then keeps pointing there. */
const finalPath = async (path: string): Promise<string> => realpath(path).catch(() => path);

const writeFile = async (
  type: FileType,
  source: MaterializationSource,
  path: string,
  context: MaterializationContext,
) => {
  const target = await finalPath(path);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  const copy = `COPY (${fileSelect(type, source)}) TO ${literal(temporary)} (${formats[type](path)})`;
  try {
    await context.connectors.run(
      { node: source.node, steps: [{ sql: "SET TimeZone = 'UTC'" }, { sql: copy }] },
      context.signal,
    );
    await syncFile(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
};

const syncFile = async (path: string): Promise<void> => {
  await using handle = await open(path, "r+");
  await handle.sync();
};

/** Makes the folder. Throws `target_path_refused` where the path is a folder or below a file. */
const prepareFolder = async (path: string, node: string): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true });
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory() === true) throw new Error("it is a folder");
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ExecutorExecutionError("target_path_refused", { node, params: { node, path, detail } }, { cause });
  }
};

const wrongOption = (options: Materialization, node: string, type: FileType): ExecutorValidationError | null => {
  const refuse = (option: string, why: string): ExecutorValidationError =>
    new ExecutorValidationError("target_option_refused", { node, params: { node, type, option, why } });
  if (options.mode !== "full")
    return refuse(
      `mode ${options.mode}`,
      "a file is always written as a whole, so that readers see the old or the new one",
    );
  if (options.path === undefined && options.table === undefined) {
    return new ExecutorValidationError("target_option_missing", {
      node,
      params: { node, option: "path", mode: options.mode },
    });
  }
  return null;
};

/** Text formats have no types: what a reader sees in place of them. */
const fileColumn = (type: FileType, { name, type: from }: Column): TargetColumnFit => {
  const isNested = /[[(]/.test(from) && !from.startsWith("DECIMAL(") && !from.startsWith("ENUM(");
  const warning = type === "csv" && isNested ? "nested values become text" : null;
  return { name, from, to: type === "parquet" ? from : "text", there: null, warning };
};

/** One type of file. */
export const fileMaterializer = (type: FileType): Materializer => ({
  target: targetName,

  validate(options, node) {
    const wrong = wrongOption(options, node, type);
    if (wrong !== null) throw wrong;
  },

  async write(source, options, context) {
    const path = absolutePath(options, source, context.project.root);
    await prepareFolder(path, source.node);
    await writeFile(type, source, path, context);
    const { rows } = source;
    return { status: "SUCCESS", rows, inserted: rows, updated: null, deleted: null, unchanged: null };
  },

  async preview(source, options, context) {
    const path = absolutePath(options, source, context.project.root);
    const exists = (await stat(path).catch(() => null)) !== null;
    return {
      target: targetName(options, source.node),
      exists,
      production: false,
      label: normalPath(options.path ?? options.table ?? source.node),
      replaces: exists,
      inserts: source.rows,
      updates: null,
      deletes: null,
      unchanged: null,
      statements: [`write ${path} (${source.rows} rows) beside and rename it`],
      locks: [],
      warnings: exists ? [`${path} is replaced`] : [],
    };
  },

  async describe(source, options, context) {
    const path = absolutePath(options, source, context.project.root);
    const exists = (await stat(path).catch(() => null)) !== null;
    const columns = source.columns.map((column) => fileColumn(type, column));
    return { exists, filled: exists, production: false, columns, keys: [] };
  },

  page: (options, range, context) => filePage(type, options, range, context),
});
