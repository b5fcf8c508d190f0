// Writes columns of text as typed parquet, and names the place of a value that cannot be converted without loss.

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { WrittenParquet } from "../duckdb/sql-host.ts";
import { refusal, shortened } from "./connector-error.ts";
import type { LookContext, SourcePlan, SourceRead } from "./connector.ts";
import { queryRows, writeRows } from "./run-sql.ts";
import type { TextFormats } from "./strict-cast.ts";
import { isWrongValue, type TextColumn, typedSelect, wrongValueQuery } from "./typed-select.ts";

/** A part of what is read that can be looked at alone, in the order of its rows. */
export interface SourcePart {
  /** For messages. */
  readonly name: string;
  readonly relation: string;
  /** What a person calls the place of row `row` (from 1), e.g. `line 12`. */
  readonly place: (row: number) => Promise<string>;
}

export interface TypedSource {
  readonly columns: readonly TextColumn[];
  /** All parts as one relation. */
  readonly relation: string;
  readonly formats: TextFormats;
  readonly parts: readonly SourcePart[];
}

type Written = Pick<SourceRead, "file" | "rows" | "columns" | "hash" | "memoryMb" | "cpuSeconds">;

const findWrongValue = async (
  plan: SourcePlan,
  source: TypedSource,
  context: LookContext,
): Promise<ExecutorExecutionError | null> => {
  for (const part of source.parts) {
    const sql = wrongValueQuery(source.columns, part.relation, source.formats);
    const [found] = await queryRows(plan.node, sql, context);
    const [row, index, text] = found ?? [];
    const column = source.columns[Number(index)];
    if (row === undefined || column === undefined) continue;
    const params = {
      path: part.name,
      place: await part.place(Number(row)),
      column: column.name,
      value: JSON.stringify(text),
      type: column.type,
    };
    return new ExecutorExecutionError("source_value_wrong", { node: plan.node, params });
  }
  return null;
};

const failed = async (
  plan: SourcePlan,
  source: TypedSource,
  context: LookContext,
  error: unknown,
): Promise<unknown> => {
  const message = refusal(error);
  if (message === null) return error;
  if (isWrongValue(message)) return (await findWrongValue(plan, source, context)) ?? error;
  const params = { path: source.parts[0]?.name ?? plan.path ?? "", detail: shortened(message) };
  return new ExecutorExecutionError("source_file_unreadable", { node: plan.node, params }, { cause: error });
};

const measured = (file: string, written: WrittenParquet): Written => ({
  file,
  rows: written.rows,
  columns: written.columns,
  hash: written.hash,
  memoryMb: written.memoryMb,
  cpuSeconds: written.cpuSeconds,
});

/** Throws `source_value_wrong` with file, place and column; `source_file_unreadable` for anything else. */
export const writeTyped = async (
  plan: SourcePlan,
  output: string,
  context: LookContext,
  source: TypedSource,
): Promise<Written> => {
  const sql = typedSelect(source.columns, source.relation, source.formats);
  try {
    return measured(output, await writeRows(plan.node, sql, output, context));
  } catch (error) {
    throw await failed(plan, source, context, error);
  }
};
