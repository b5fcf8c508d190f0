// How a result's columns meet an existing table's: by name, never by position.

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { quoteIdentifier } from "../../postgres/index.ts";
import type { StageColumn } from "./column-types.ts";
import type { TargetColumn, TargetTable } from "./inspect-table.ts";
import type { WriteJob } from "./job.ts";
import { type Fit, fit } from "./type-fit.ts";

/** A column of the stage and the column of the target that it is written to. */
export interface ColumnPair {
  readonly stage: StageColumn;
  /** The target's spelling of the name. */
  readonly name: string;
  /** `null` while the column is still to be added. */
  readonly target: TargetColumn | null;
  /** The type to cast staged values to; `null` where PostgreSQL assigns without loss. */
  readonly cast: string | null;
  /** Each staged value has to be tried against the target's type first. */
  readonly checked: boolean;
}

export interface ColumnMatch {
  readonly pairs: readonly ColumnPair[];
  /** Statements that make the target ready, in order. */
  readonly changes: readonly string[];
}

interface Difference {
  readonly text: string;
  readonly statement: string;
  /** `add_columns` allows what takes nothing away. */
  readonly grows: boolean;
}

/** Every column as it comes, for a table that is still to be made. */
export const matchNewTable = (columns: readonly StageColumn[]): ColumnMatch => ({
  pairs: columns.map((stage) => ({ stage, name: stage.name, target: null, cast: null, checked: false })),
  changes: [],
});

/**
 * Pairs the columns and lists the ALTER statements that `on_schema_change` allows. Throws `target_columns_differ`,
 * `target_type_lossy`, `target_column_in_use`, `target_column_generated` or `target_column_required`.
 */
export const matchColumns = (job: WriteJob, target: TargetTable): ColumnMatch => {
  const differences: Difference[] = [];
  const pairs = job.columns.map((stage) => pairOf(job, target, stage, differences));
  const paired = new Set(pairs.map((pair) => pair.target?.name));
  for (const column of target.columns) {
    if (!paired.has(column.name) && !filledByServer(column)) differences.push(missingColumn(job, target, column));
  }
  refuseDifferences(job, differences);
  // `add_columns` leaves vanished columns alone; their new rows hold NULL.
  const allowed = differences.filter((each) => job.onSchemaChange === "sync" || each.grows);
  return { pairs, changes: allowed.map((each) => each.statement) };
};

const filledByServer = (column: TargetColumn): boolean =>
  column.hasDefault || column.generated || column.identity !== "";

const refuseDifferences = (job: WriteJob, differences: readonly Difference[]): void => {
  if (differences.length === 0 || job.onSchemaChange !== "fail") return;
  throw new ExecutorExecutionError("target_columns_differ", {
    node: job.source.node,
    params: { table: job.label, node: job.source.node, differences: differences.map((each) => each.text) },
  });
};

/** The target's column of that name; its spelling may differ by case where only one is alike. */
export const findTarget = (target: TargetTable, name: string): TargetColumn | undefined => {
  const exact = target.columns.find((column) => column.name === name);
  if (exact !== undefined) return exact;
  const alike = target.columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
  return alike.length === 1 ? alike[0] : undefined;
};

const pairOf = (job: WriteJob, target: TargetTable, stage: StageColumn, differences: Difference[]): ColumnPair => {
  const found = findTarget(target, stage.name);
  const alter = `ALTER TABLE ${job.table}`;
  if (found === undefined) {
    const statement = `${alter} ADD COLUMN ${quoteIdentifier(stage.name)} ${stage.type}`;
    differences.push({ text: `${stage.name} (${stage.type}) is new`, statement, grows: true });
    return { stage, name: stage.name, target: null, cast: null, checked: false };
  }
  if (found.generated) {
    throw new ExecutorExecutionError("target_column_generated", {
      node: job.source.node,
      params: { table: job.label, column: found.name },
    });
  }
  const how = fit(stage.type, found.type, found);
  if (how.how === "lossy") throw lossy(job, stage, found);
  if (how.how === "widen") differences.push(widened(job, target, found, how));
  const cast = how.how === "checked" || found.type === "json" ? found.declared : null;
  return { stage, name: found.name, target: found, cast, checked: how.how === "checked" };
};

const lossy = (job: WriteJob, stage: StageColumn, found: TargetColumn): ExecutorExecutionError =>
  new ExecutorExecutionError("target_type_lossy", {
    node: job.source.node,
    params: { table: job.label, column: found.name, there: found.declared, here: stage.type, from: stage.from },
  });

const inUse = (job: WriteJob, column: string, change: string, needed: readonly string[]): ExecutorExecutionError =>
  new ExecutorExecutionError("target_column_in_use", {
    node: job.source.node,
    params: { table: job.label, column, change, dependents: needed },
  });

const widened = (job: WriteJob, target: TargetTable, found: TargetColumn, to: Fit & { how: "widen" }): Difference => {
  const needed = target.dependents
    .filter((each) => each.column === found.name && each.fixesType)
    .map((each) => each.name);
  if (needed.length > 0 && job.onSchemaChange !== "fail") throw inUse(job, found.name, `become ${to.to}`, needed);
  return {
    text: `${found.name} is ${found.type} there and needs ${to.to}`,
    statement: `ALTER TABLE ${job.table} ALTER COLUMN ${quoteIdentifier(found.name)} TYPE ${to.to}`,
    grows: true,
  };
};

const missingColumn = (job: WriteJob, target: TargetTable, column: TargetColumn): Difference => {
  const needed = target.dependents.filter((each) => each.column === column.name).map((each) => each.name);
  if (job.onSchemaChange === "sync" && needed.length > 0) throw inUse(job, column.name, "be dropped", needed);
  if (job.onSchemaChange === "add_columns" && column.notNull) {
    throw new ExecutorExecutionError("target_column_required", {
      node: job.source.node,
      params: { table: job.label, column: column.name },
    });
  }
  return {
    text: `${column.name} is not in the result`,
    statement: `ALTER TABLE ${job.table} DROP COLUMN ${quoteIdentifier(column.name)}`,
    grows: false,
  };
};
