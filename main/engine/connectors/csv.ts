// CSV files: the dialect is found once, the structure checked to the last byte, every value converted without loss.

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { quoted } from "../duckdb/sql/identifiers.ts";
import type { Connector, LookContext, ReadContext, SourcePlan, SourceRead } from "./connector.ts";
import { csvHead } from "./csv/csv-head.ts";
import { csvOptionNames, csvOptions } from "./csv/csv-options.ts";
import type { CsvOptions, Dialect } from "./csv/dialect.ts";
import { type CsvFile, prepareFiles } from "./csv/prepare-file.ts";
import { textRelation, unitedRelation } from "./csv/relation.ts";
import { lineOfRecord } from "./csv/scan-records.ts";
import { matchColumns } from "./declared-columns.ts";
import { findTypes } from "./find-types.ts";
import { filesState, newest, sourceFiles, type SourceFile } from "./files.ts";
import { inferredTypes, stackedInferenceQuery } from "./infer-types.ts";
import { queryRows } from "./run-sql.ts";
import { checkSameColumns } from "./same-columns.ts";
import type { TextColumn } from "./typed-select.ts";
import { writeTyped } from "./write-typed.ts";

type CsvContext = LookContext & Pick<ReadContext, "head">;

const rowsIn = (files: readonly CsvFile[]): number => files.reduce((sum, { rows }) => sum + rows, 0);

const inferTypes = async (
  plan: Pick<SourcePlan, "node">,
  files: readonly CsvFile[],
  texts: readonly string[],
  relation: string,
  context: CsvContext,
): Promise<readonly string[]> => {
  const ask = (sql: string) => queryRows(plan.node, sql, context);
  if (context.head === undefined) return await findTypes(texts, relation, ask, { total: rowsIn(files) });
  return texts.length === 0 ? [] : inferredTypes((await ask(stackedInferenceQuery(texts, relation))).flat());
};

/** Text columns with their types: those that the node gives, and for the others the narrowest that loses nothing. */
const typedColumns = async (
  plan: SourcePlan,
  files: readonly CsvFile[],
  relation: string,
  context: CsvContext,
): Promise<readonly TextColumn[]> => {
  const [first] = files;
  const matched = matchColumns(plan, first?.name ?? "", first?.names ?? []);
  const text = (from: number) => quoted(first?.names[from] ?? "");
  const open = matched.filter(({ type }) => type === null);
  const found = await inferTypes(
    plan,
    files,
    open.map(({ from }) => text(from)),
    relation,
    context,
  );
  return matched.map(({ name, type, from }) => ({
    name,
    text: text(from),
    type: type ?? found[open.findIndex((column) => column.name === name)] ?? "VARCHAR",
    emptyIsNull: true,
  }));
};

/** What a person would write to pin what was found. */
const pinning = (dialect: Dialect, options: CsvOptions, files: readonly CsvFile[], columns: readonly TextColumn[]) => ({
  params: {
    delimiter: dialect.delimiter,
    header: files[0]?.header ?? true,
    quote: dialect.quote,
    escape: dialect.escape,
    ...(options.skip === 0 ? {} : { skip: options.skip }),
    ...(options.encoding === null ? {} : { encoding: options.encoding }),
  },
  schema: columns.map(({ name, type }) => ({ name, data_type: type })),
});

const read: Connector["read"] = async (plan, output, context) => {
  const options = plan.options as unknown as CsvOptions;
  const found = await sourceFiles(plan, context);
  if (context.head === undefined) return await readFiles(plan, { found, options }, output, context);
  const { file, isAll, options: known } = await csvHead(plan.node, found, { options, ...context.head }, context);
  return { ...(await readFiles(plan, { found: [file], options: known }, output, context)), isAll };
};

interface CsvFiles {
  readonly found: readonly SourceFile[];
  readonly options: CsvOptions;
}

const readFiles = async (
  plan: SourcePlan,
  { found, options }: CsvFiles,
  output: string,
  context: ReadContext,
): Promise<SourceRead> => {
  const { dialect, files } = await prepareFiles(plan.node, found, options, context);
  checkSameColumns(plan.node, files);
  const relation = unitedRelation(files, dialect, options);
  const columns = await typedColumns(plan, files, relation, context);
  const written = await writeTyped(plan, output, context, {
    columns,
    relation,
    formats: { date: options.dateFormat, timestamp: options.timestampFormat },
    parts: files.map((file) => ({
      name: file.name,
      relation: textRelation([file], dialect, options),
      place: async (row) => {
        const record = row + (file.header ? 1 : 0);
        return `line ${await lineOfRecord(file.text, dialect, options.skip, record, context.signal)}`;
      },
    })),
  });
  const expected = rowsIn(files);
  if (written.rows !== expected) {
    const params = { path: plan.path ?? "", found: written.rows, expected };
    throw new ExecutorExecutionError("source_rows_differ", { node: plan.node, params });
  }
  const isPinned = options.delimiter !== null && plan.columns?.every(({ type }) => type !== null) === true;
  if (!isPinned)
    context.log(
      "info",
      `${plan.path}: dialect and types were found in the file; pin them in the node's YAML to keep them`,
    );
  return {
    ...written,
    warnings: files.filter(({ rows }) => rows === 0).map(({ name }) => `${name} has a header and no rows`),
    modified: newest(found),
    metadata: {
      files: files.map(({ name }) => name),
      pinned: isPinned,
      pin: pinning(dialect, options, files, columns),
    },
  };
};

const unpinned: CsvOptions = {
  delimiter: null,
  quote: null,
  escape: null,
  header: null,
  skip: 0,
  encoding: null,
  nullTexts: [""],
  dateFormat: null,
  timestampFormat: null,
};

/** What a source of this file would pin: its dialect, and each column's narrowest type that loses nothing. */
export const describeCsv = async (file: SourceFile, context: LookContext): Promise<ReturnType<typeof pinning>> => {
  const { dialect, files } = await prepareFiles(file.name, [file], unpinned, context);
  const names = files[0]?.names ?? [];
  const texts = names.map(quoted);
  const types = await inferTypes({ node: file.name }, files, texts, unitedRelation(files, dialect, unpinned), context);
  const columns = names.map((name, at) => ({
    name,
    text: texts[at] ?? "",
    type: types[at] ?? "VARCHAR",
    emptyIsNull: true,
  }));
  return pinning(dialect, unpinned, files, columns);
};

/** `source: csv`. */
export const csvConnector: Connector = {
  options: csvOptionNames,
  check: (plan) => ({ ...csvOptions(plan) }),
  inputsState: (plan, probe) => filesState(plan.node, plan.path ?? "", probe),
  read,
};
