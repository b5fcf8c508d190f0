// How a table's columns would meet a PostgreSQL table, told column by column and without refusing anything.

import { postgresClient } from "../../postgres/index.ts";
import type { TargetColumnFit, TargetDescription } from "../materializer.ts";
import type { StageColumn } from "./column-types.ts";
import { isFilled } from "./filled.ts";
import { inspectTable, type TargetColumn, type TargetTable } from "./inspect-table.ts";
import type { WriteJob } from "./job.ts";
import { findTarget } from "./match-columns.ts";
import { fit } from "./type-fit.ts";

/** Looks at the target and pairs the columns by name. */
export const describeTable = async (job: WriteJob): Promise<TargetDescription> => {
  const { signal } = job.context;
  await using client = await postgresClient(job.connection, { applicationName: job.applicationName, signal });
  const target = await inspectTable(client, job.target);
  return {
    exists: target !== null,
    filled: target !== null && (await isFilled(client, job.table)),
    production: job.connection.production,
    columns: [...job.columns.map((column) => arriving(job, column, target)), ...remaining(job, target)],
    keys: target?.keys.map(({ columns }) => [...columns]) ?? [],
  };
};

const arriving = (job: WriteJob, column: StageColumn, target: TargetTable | null): TargetColumnFit => {
  const there = target === null ? undefined : findTarget(target, column.name);
  const pair = { name: column.name, from: column.from, to: column.type, there: there?.declared ?? null };
  return { ...pair, warning: warningOf(job, column, target, there) };
};

const warningOf = (
  job: WriteJob,
  column: StageColumn,
  target: TargetTable | null,
  there: TargetColumn | undefined,
): string | null => {
  if (target === null) return conversion(column);
  if (there === undefined) {
    return job.onSchemaChange === "fail" ? "is new: on_schema_change: fail refuses it" : "is added to the table";
  }
  if (there.generated) return "the server computes this column: it cannot be written";
  const how = fit(column.type, there.type, there);
  if (how.how === "lossy") return `values could change: ${there.declared} does not hold every ${column.type}`;
  if (how.how === "checked") return `each value is tried as ${there.declared} before anything is written`;
  if (how.how !== "widen") return conversion(column);
  return job.onSchemaChange === "fail"
    ? `needs ${how.to}: on_schema_change: fail refuses it`
    : `the column becomes ${how.to}`;
};

/** What happens to a type that PostgreSQL does not have. */
const conversion = ({ from, type, unfit }: StageColumn): string | null => {
  if (from === "UHUGEINT" || from === "HUGEINT") return "numbers of more than 38 digits are refused";
  if (type === "jsonb" && from !== "JSON") return "nested values become jsonb";
  if (from.startsWith("ENUM(")) return "becomes text";
  return unfit === null ? null : `values that ${type} does not hold are refused`;
};

/** Columns that the target has and the result has not. */
const remaining = (job: WriteJob, target: TargetTable | null): readonly TargetColumnFit[] => {
  if (target === null) return [];
  const taken = new Set(job.columns.map((column) => findTarget(target, column.name)?.name));
  return target.columns
    .filter(({ name }) => !taken.has(name))
    .map((column) => ({
      name: column.name,
      from: null,
      to: null,
      there: column.declared,
      warning: absence(job, column),
    }));
};

const absence = (job: WriteJob, column: TargetColumn): string => {
  if (column.hasDefault || column.generated || column.identity !== "") return "the server fills it in";
  if (job.onSchemaChange === "sync") return "is dropped: the result does not have it";
  if (job.onSchemaChange === "fail") return "is not in the result: on_schema_change: fail refuses it";
  return column.notNull ? "is not in the result and may not be NULL: refused" : "stays; new rows hold NULL";
};
