// What one write does to its target, decided from the target as it stands; asked before the load and again under the lock.

import { ExecutorExecutionError, ExecutorValidationError } from "../../../../shared/errors/index.ts";
import type { PostgresClient } from "../../postgres/index.ts";
import { type Batch, rewrittenBatch, undeliveredBatch, wholeBatch } from "./batch.ts";
import { refuseOtherRelations, refuseTriggers } from "./hazards.ts";
import { inspectTable, type TargetTable } from "./inspect-table.ts";
import type { WriteJob } from "./job.ts";
import { type LedgerEntry, readLedger } from "./ledger.ts";
import { type ColumnMatch, type ColumnPair, matchColumns, matchNewTable } from "./match-columns.ts";

export type WriteMode = "append" | "full" | "upsert_by_key" | "incremental_by_time";

export interface WritePlan {
  /** The mode that is carried out: an append may replace when the definition changed and the file says so. */
  readonly mode: WriteMode;
  /** `null`: the table is still to be made. */
  readonly target: TargetTable | null;
  readonly match: ColumnMatch;
  /** Identifies rows on both sides; empty replaces or adds without comparing. */
  readonly key: readonly ColumnPair[];
  /** A unique index that an upsert needs and the target lacks. */
  readonly missingIndex: boolean;
  readonly batch: Batch;
  /** The same batch was written before. */
  readonly delivered: boolean;
  /** Equal as long as nothing that the plan was made from has changed. */
  readonly basis: string;
}

const nothing: Batch = { where: "false", rows: 0, interval: null };

/** Reads the target and its ledger; `loaded` reuses the batch that a stage already holds. */
export const planWrite = async (
  client: PostgresClient,
  job: WriteJob,
  ledger: string | null,
  loaded: Batch | null,
): Promise<WritePlan> => {
  const target = await inspectTable(client, job.target);
  if (target !== null) refuseOtherRelations(job, target);
  const entries = target === null ? [] : await standingEntries(client, job, ledger, target);
  const mine = entries.filter((entry) => entry.node === job.source.node);
  const delivered = job.options.mode === "append" && wasDelivered(job, mine);
  const mode = delivered ? "append" : modeOf(job, mine);
  const match = target === null ? matchNewTable(job.columns) : matchColumns(job, target);
  const rewrites = mode === "full" || mode === "incremental_by_time";
  if (target !== null && rewrites) refuseTriggers(job, target);
  const key = keyOf(job, mode, target, match);
  if (mode === "full" && target !== null) await refuseEmpty(client, job, `SELECT FROM ${job.table}`);
  return {
    mode,
    target,
    match,
    key,
    missingIndex: mode === "upsert_by_key" && (target === null || !hasIndex(target, key)),
    batch: loaded ?? (delivered ? nothing : await batchOf(job, mode, mine)),
    delivered,
    basis: JSON.stringify([target, entries[0]?.id, mine.map((entry) => entry.id)]),
  };
};

/** Ledger rows that still describe the table: not those of a table that was dropped and made anew, empty. */
const standingEntries = async (
  client: PostgresClient,
  job: WriteJob,
  ledger: string | null,
  target: TargetTable,
): Promise<readonly LedgerEntry[]> => {
  const entries = await readLedger(client, ledger, job);
  if (entries.every((entry) => entry.targetOid === target.oid)) return entries;
  const { rows } = await client.query<{ filled: boolean }>(`select exists (select from ${job.table}) as filled`);
  // A restored database has other OIDs and the same rows.
  return rows[0]?.filled === true ? entries : entries.filter((entry) => entry.targetOid === target.oid);
};

const wasDelivered = (job: WriteJob, mine: readonly LedgerEntry[]): boolean =>
  mine.some(
    (entry) =>
      entry.outputHash === job.source.outputHash &&
      entry.intervalStart === job.context.interval.start &&
      entry.intervalEnd === job.context.interval.end,
  );

const modeOf = (job: WriteJob, mine: readonly LedgerEntry[]): WriteMode => {
  const { options, source } = job;
  if (options.mode !== "append") return options.mode;
  const last = mine.at(-1);
  if (last === undefined || last.definitionHash === source.definitionHash) return "append";
  if (options.on_definition_change === "append") return "append";
  if (options.on_definition_change === "replace") return "full";
  throw new ExecutorExecutionError("append_definition_changed", {
    node: source.node,
    params: { node: source.node, table: job.label, batches: mine.length },
  });
};

const batchOf = (job: WriteJob, mode: WriteMode, mine: readonly LedgerEntry[]): Promise<Batch> => {
  if (mode === "incremental_by_time") return rewrittenBatch(job, requireTime(job));
  if (mode === "append" && job.time !== null) return undeliveredBatch(job, job.time, mine);
  return wholeBatch(job);
};

/** `validateTargets` has asked for it; this keeps the types honest. */
export const requireTime = (job: WriteJob): NonNullable<WriteJob["time"]> => {
  if (job.time !== null) return job.time;
  const params = { node: job.source.node, option: "time_column", mode: job.options.mode };
  throw new ExecutorValidationError("target_option_missing", { node: job.source.node, params });
};

/** Throws `target_would_be_emptied` when the result is empty and `existing` finds rows. */
export const refuseEmpty = async (client: PostgresClient, job: WriteJob, existing: string): Promise<void> => {
  if (job.source.rows > 0 || job.options.allow_empty) return;
  const { rows } = await client.query<{ filled: boolean }>(`select exists (${existing}) as filled`);
  if (rows[0]?.filled !== true) return;
  throw new ExecutorExecutionError("target_would_be_emptied", {
    node: job.source.node,
    params: { node: job.source.node, table: job.label },
  });
};

const pairsNamed = (match: ColumnMatch, names: readonly string[]): readonly ColumnPair[] | null => {
  const pairs = names.map((name) => match.pairs.find((pair) => pair.name === name));
  return pairs.every((pair) => pair !== undefined) ? pairs : null;
};

const keyOf = (
  job: WriteJob,
  mode: WriteMode,
  target: TargetTable | null,
  match: ColumnMatch,
): readonly ColumnPair[] => {
  const named = match.pairs.filter((pair) => job.keys.includes(pair.stage));
  if (mode === "upsert_by_key") return named;
  if (mode === "append") return job.time === null ? named : [];
  if (target === null) return named;
  if (mode === "full" && named.length > 0) return named;
  if (mode === "incremental_by_time" && named.length > 0 && hasIndex(target, named)) return named;
  const unique = target.keys.filter((each) => each.notNull).map((each) => pairsNamed(match, each.columns));
  return unique.find((pairs) => pairs !== null) ?? [];
};

/** Whether a unique index has exactly these columns, in any order. */
const hasIndex = (target: TargetTable, key: readonly ColumnPair[]): boolean => {
  const wanted = key
    .map((pair) => pair.name)
    .toSorted()
    .join("\0");
  return target.keys.some((each) => each.columns.toSorted().join("\0") === wanted);
};
