// What stands in the way of replacing rows of a table in place: refused by name, before a row is touched.

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { type PostgresClient, quoteIdentifier } from "../../postgres/index.ts";
import type { ChildTable, TargetTable } from "./inspect-table.ts";
import type { WriteJob } from "./job.ts";
import { type Change, vanished } from "./statements.ts";

/** Throws `target_not_table` for views, foreign tables and the like. */
export const refuseOtherRelations = (job: WriteJob, target: TargetTable): void => {
  if (target.kind === "r" || target.kind === "p") return;
  const kinds: Readonly<Record<string, string>> = {
    v: "a view",
    m: "a materialized view",
    f: "a foreign table",
    S: "a sequence",
  };
  throw new ExecutorExecutionError("target_not_table", {
    node: job.source.node,
    params: { table: job.label, kind: kinds[target.kind] ?? "another kind of object" },
  });
};

/** Row triggers and rules run for every row that is rewritten; `cascade: true` accepts that. */
export const refuseTriggers = (job: WriteJob, target: TargetTable): void => {
  if (target.triggers.length === 0 || job.options.cascade) return;
  throw new ExecutorExecutionError("target_has_triggers", {
    node: job.source.node,
    params: { table: job.label, mode: job.options.mode, triggers: target.triggers },
  });
};

const consequence = {
  c: "would be deleted",
  n: "would lose the reference (SET NULL)",
  d: "would be set to the default",
} as const;

const condition = (child: ChildTable): string =>
  child.columns
    .map((column, index) => `c.${quoteIdentifier(column)} = t.${quoteIdentifier(child.references[index] ?? "")}`)
    .join(" AND ");

/**
 * Throws `target_children_affected` when rows of other tables would go or change with the rows that vanish here.
 * Children without such an action are guarded by PostgreSQL itself.
 */
export const refuseChildren = async (client: PostgresClient, change: Change, target: TargetTable): Promise<void> => {
  const { job } = change;
  if (job.options.cascade) return;
  const affected: string[] = [];
  for (const child of target.children) {
    if (child.onDelete === "a" || child.onDelete === "r") continue;
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::float8 AS n FROM ${child.table} c WHERE EXISTS (SELECT FROM ${job.table} t WHERE ${condition(child)} AND ${vanished(change)})`,
    );
    const count = rows[0]?.n ?? 0;
    if (count > 0)
      affected.push(`${count} rows of ${child.table} ${consequence[child.onDelete]} (${child.constraint})`);
  }
  if (affected.length === 0) return;
  throw new ExecutorExecutionError("target_children_affected", {
    node: job.source.node,
    params: { table: job.label, children: affected },
    next:
      change.key.length === 0
        ? "Give the target `unique_keys`, so that only vanished rows are deleted, or accept it with `cascade: true`."
        : undefined,
  });
};
