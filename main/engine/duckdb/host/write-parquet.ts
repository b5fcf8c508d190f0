import type { DuckDBConnection } from "@duckdb/node-api";
import { rmSync } from "node:fs";

import { HeadraceError } from "../../../../shared/errors/index.ts";
import type { Column } from "../../../../shared/graph/index.ts";
import type { WrittenParquet } from "../sql-host.ts";
import { literal, quoted } from "../sql/identifiers.ts";
import { isStorable, storedForm } from "../types/stored-form.ts";
import { bindParameters } from "./bind.ts";
import { finishFile } from "./finish-file.ts";
import { distinctNames } from "./result-columns.ts";

/** The key under which a parquet file records its relation's own column types, as JSON. */
export const columnsKey = "headrace_columns";
/** Groups of a million rows make files a tenth smaller, and cost half as much again to write and to scan. */
const rowGroupRows = 122_880;

export interface WriteRequest {
  /** A SELECT, as it runs. */
  readonly sql: string;
  /** Its columns as `resultColumns` gave them. */
  readonly columns: readonly Column[];
  readonly params: Readonly<Record<string, unknown>>;
  /** Absolute. */
  readonly output: string;
  /** False leaves the sync to the caller; true when left out. */
  readonly durable?: boolean | undefined;
}

/** The COPY for a request: its text, and where in it the SELECT begins. */
export interface CopyStatement {
  readonly text: string;
  readonly selectStart: number;
  readonly columns: readonly Column[];
}

/** Writes to `target` what `sql` gives, each column in a form that loses nothing. */
export const copyStatement = (
  { sql, columns }: Pick<WriteRequest, "sql" | "columns">,
  target: string,
): CopyStatement => {
  const named = distinctNames(columns);
  for (const { name, type } of named) {
    if (!isStorable(type)) throw new HeadraceError("sql_type_unstorable", { params: { column: name, type } });
  }
  const forms = named.map(({ type }) => storedForm(type));
  // The target is a temporary file already.
  const options =
    `format parquet, compression zstd, row_group_size ${rowGroupRows}, use_tmp_file false, ` +
    `kv_metadata {${columnsKey}: ${literal(JSON.stringify(named))}}`;
  const [before, after] =
    forms.every((form) => form.same) && named === columns
      ? ["copy (\n", "\n)"]
      : [`copy (select ${namedList(named, forms)} from (\n`, `\n) as q(${named.map((_, i) => `c${i}`).join(", ")}))`];
  return {
    text: `${before}${sql}${after} to ${literal(target)} (${options})`,
    selectStart: before.length,
    columns: named,
  };
};

const namedList = (columns: readonly Column[], forms: readonly ReturnType<typeof storedForm>[]): string =>
  columns.map(({ name }, i) => `${forms[i]!.store(`c${i}`)} as ${quoted(name)}`).join(", ");

/** The file beside an output that a write goes to first. */
export const temporaryFor = (output: string): string => `${output}.${process.pid}.tmp`;

/** Removes what a failed write left. */
export const removeTemporary = (temporary: string): void => rmSync(temporary, { force: true });

/** Runs a request: written beside the output, made durable unless the caller does, renamed onto it. */
export const writeParquet = async (
  connection: DuckDBConnection,
  copy: CopyStatement,
  request: WriteRequest,
  temporary: string,
): Promise<Omit<WrittenParquet, "memoryMb" | "cpuSeconds">> => {
  const rows = await runCopy(connection, copy.text, request.params);
  const { hash, bytes } = await finishFile(temporary, request.output, request.durable ?? true);
  return { rows, columns: copy.columns, hash, bytes };
};

const runCopy = async (connection: DuckDBConnection, text: string, params: WriteRequest["params"]): Promise<number> => {
  if (Object.keys(params).length === 0) return countOf(await connection.run(text));
  const statement = await connection.prepare(text);
  try {
    bindParameters(statement, params);
    return countOf(await statement.run());
  } finally {
    statement.destroySync();
  }
};

const countOf = (result: { readonly rowsChanged: number }): number => result.rowsChanged;
