// Copies a statement's rows into a rows file, letting the event loop breathe.

import { open } from "node:fs/promises";
import type { SQLOutputValue, StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import type { SourcePlan } from "../connector.ts";
import type { SourceFile } from "../files.ts";
import { rowsLine } from "../rows-file.ts";
import type { StrictCast } from "../strict-cast.ts";
import { sqliteCast, sqliteType } from "./column-type.ts";
import { bindings, sqliteFailed, valueText } from "./open-sqlite.ts";

export interface SqliteColumn {
  readonly name: string;
  /** DuckDB's type for the declared one; `null` for expressions and columns without a type. */
  readonly type: string | null;
  readonly cast: (type: string) => StrictCast | undefined;
}

export interface CopiedRows {
  readonly columns: readonly SqliteColumn[];
  readonly rows: number;
  /** Bytes of the longest record. */
  readonly longest: number;
}

/** What is copied, and how many rows of it at most. */
export interface CopySource {
  readonly file: SourceFile;
  readonly statement: StatementSync;
  readonly most: number;
}

const flushBytes = 1 << 18;

/** The text of one value; in a column of blobs everything is bytes, elsewhere bytes are wrong. */
const cell = (value: SQLOutputValue, isBlob: boolean, wrong: (what: string) => Error): string | null => {
  if (value instanceof Uint8Array && !isBlob) throw wrong(`a blob of ${value.length} bytes`);
  const text = valueText(value);
  return isBlob && typeof value === "string" ? Buffer.from(value).toString("hex") : text;
};

/** Reads the rows; throws `source_value_wrong` for a blob where the column's type cannot hold one. */
export const copyRows = async (
  plan: SourcePlan,
  { file, statement, most }: CopySource,
  path: string,
  signal: AbortSignal,
): Promise<CopiedRows> => {
  const columns = statement.columns().map(({ name, type }): SqliteColumn => {
    const known = sqliteType(type);
    return { name, type: known, cast: sqliteCast };
  });
  const where = plan.table === null ? `the query of ${plan.node}` : `${plan.table} in ${file.name}`;
  const wrong = (row: number, column: number) => (value: string) => {
    const name = columns[column]?.name ?? "";
    const params = { path: where, place: `row ${row}`, column: name, value, type: columns[column]?.type ?? "VARCHAR" };
    return new ExecutorExecutionError("source_value_wrong", { node: plan.node, params });
  };
  const declared = new Map(plan.columns?.map(({ name, type }) => [name.toLowerCase(), type]));
  const isBlob = columns.map(({ name, type }) => (declared.get(name.toLowerCase()) ?? type) === "BLOB");
  await using target = await open(path, "w");
  let rows = 0;
  let longest = 0;
  let lines: string[] = [];
  let bytes = 0;
  try {
    for (const row of statement.iterate(bindings(plan.parameters)) as unknown as Iterable<SQLOutputValue[]>) {
      if (rows === most) break;
      rows += 1;
      const line = rowsLine(row.map((value, i) => cell(value, isBlob[i] === true, wrong(rows, i))));
      lines.push(line);
      bytes += line.length;
      longest = Math.max(longest, Buffer.byteLength(line));
      if (bytes < flushBytes) continue;
      await target.appendFile(lines.join(""));
      [lines, bytes] = [[], 0];
      await setImmediate();
      signal.throwIfAborted();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw sqliteFailed(plan.node, file, error);
  }
  await target.appendFile(lines.join(""));
  return { columns, rows, longest };
};
