// The short transaction that makes a loaded stage the target's new state, together with its ledger row.

import { BugError, ExecutorExecutionError, HeadraceError } from "../../../../shared/errors/index.ts";
import { type PostgresClient, quoteIdentifier, quoteTable, sqlstateOf, withTransaction } from "../../postgres/index.ts";
import { refuseChildren } from "./hazards.ts";
import { inspectTable } from "./inspect-table.ts";
import type { WriteJob } from "./job.ts";
import { type Counts, findWrite, recordWrite } from "./ledger.ts";
import { planWrite, refuseEmpty, requireTime, type WritePlan } from "./plan.ts";
import type { Stage } from "./stage.ts";
import {
  type Change,
  countedUpsert,
  countInserts,
  deleteVanished,
  insertNew,
  mergeDifference,
  updateChanged,
  upsert,
  vanished,
} from "./statements.ts";

const lockTimeout = "5s";

/** What the transaction needs besides the job. */
export interface Publication {
  readonly plan: WritePlan;
  readonly stage: Stage;
  /** The ledger table in quotes; `null` where none can be had. */
  readonly ledger: string | null;
}

/** One attempt. Throws `target_changed` (worth another load) when the target is not what the stage was made for. */
export const publish = async (client: PostgresClient, job: WriteJob, publication: Publication): Promise<Counts> => {
  try {
    return await withTransaction(client, async () => {
      await takeTurn(client, job);
      const { stage, ledger } = publication;
      const before = await findWrite(client, ledger, job);
      if (before !== null) return before;
      const plan = await planWrite(client, job, ledger, publication.plan.batch);
      refuseMovedTarget(job, publication.plan, plan);
      const counts =
        plan.target === null
          ? await publishNew(client, job, plan, stage)
          : await publishChange(client, job, plan, stage);
      const oid = await publishedOid(client, job);
      await recordWrite(client, ledger, job, { oid, mode: plan.mode, counts, batch: plan.batch.interval });
      if (plan.target !== null || stage.schema === null) await client.query(`drop table ${stage.table}`);
      return counts;
    });
  } catch (error) {
    throw explainRefusal(job, error);
  }
};

/** Other Headrace writes to the same table wait; everybody else is not touched. */
const takeTurn = async (client: PostgresClient, job: WriteJob): Promise<void> => {
  // Row security switched off makes PostgreSQL refuse instead of hiding rows from the replacement.
  await client.query(
    `set local lock_timeout = '${lockTimeout}'; set local row_security = off; set local work_mem = '64MB'`,
  );
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`headrace:${job.label}`]);
};

const refuseMovedTarget = (job: WriteJob, before: WritePlan, now: WritePlan): void => {
  if (before.basis === now.basis) return;
  // The state of a serialization failure: the whole write is tried again from the load.
  throw new HeadraceError("target_changed", { node: job.source.node, params: { table: job.label, sqlstate: "40001" } });
};

const affected = async (client: PostgresClient, sql: string | null): Promise<number> =>
  sql === null ? 0 : ((await client.query(sql)).rowCount ?? 0);

const publishNew = async (client: PostgresClient, job: WriteJob, plan: WritePlan, stage: Stage): Promise<Counts> => {
  const { rows } = plan.batch;
  const { schema, table } = job.target;
  const there = await client.query("select 1 from pg_namespace where nspname = $1", [schema]);
  if (there.rowCount === 0) await client.query(`create schema if not exists ${quoteIdentifier(schema)}`);
  if (stage.schema === null) {
    const columns = job.columns.map((column) => `${quoteIdentifier(column.name)} ${column.type}`).join(", ");
    await client.query(`create table ${job.table} (${columns})`);
    await client.query(`insert into ${job.table} select * from ${stage.table}`);
  } else {
    await client.query(`comment on table ${stage.table} is null`);
    if (stage.schema !== schema) await client.query(`alter table ${stage.table} set schema ${quoteIdentifier(schema)}`);
    await client.query(`alter table ${quoteTable({ schema, table: stage.name })} rename to ${quoteIdentifier(table)}`);
  }
  if (plan.missingIndex) await createKeyIndex(client, job, plan);
  return { rows, inserted: rows, updated: 0, deleted: 0, unchanged: 0 };
};

/** Unlogged or temporary tables lose their rows in a server crash: never publish one. */
const publishedOid = async (client: PostgresClient, job: WriteJob): Promise<number> => {
  const published = await inspectTable(client, job.target);
  if (published === null) throw new BugError(`${job.label} is missing after it was published`);
  if (published.persistence !== "p") {
    throw new ExecutorExecutionError("target_not_logged", { node: job.source.node, params: { table: job.label } });
  }
  return published.oid;
};

const createKeyIndex = async (client: PostgresClient, job: WriteJob, plan: WritePlan): Promise<void> => {
  const names = plan.key.map((pair) => pair.name);
  try {
    await client.query(`create unique index on ${job.table} (${names.map(quoteIdentifier).join(", ")})`);
  } catch (error) {
    if (error instanceof HeadraceError && sqlstateOf(error) !== "55P03") {
      const detail = String(error.params["detail"] ?? error.message);
      const params = { table: job.label, keys: names, detail };
      throw new ExecutorExecutionError("upsert_index_impossible", { node: job.source.node, params }, { cause: error });
    }
    throw error;
  }
};

const publishChange = async (client: PostgresClient, job: WriteJob, plan: WritePlan, stage: Stage): Promise<Counts> => {
  for (const statement of plan.match.changes) await client.query(statement);
  const change = changeOf(job, plan, stage.table);
  const { rows } = plan.batch;
  const nothing = { rows, inserted: 0, updated: 0, deleted: 0, unchanged: 0 };
  if (plan.mode === "append") {
    const inserted = await affected(client, insertNew(change));
    return { ...nothing, inserted, unchanged: rows - inserted };
  }
  if (plan.mode === "upsert_by_key") {
    if (plan.missingIndex) await createKeyIndex(client, job, plan);
    const { inserted, updated } = await upsertRows(client, plan, change);
    return { ...nothing, inserted, updated, unchanged: rows - inserted - updated };
  }
  if (plan.mode === "incremental_by_time" && plan.batch.interval === null) return nothing;
  return replace(client, plan, change);
};

const upsertRows = async (
  client: PostgresClient,
  plan: WritePlan,
  change: Change,
): Promise<Omit<Changed, "deleted">> => {
  if (plan.target?.kind !== "p") {
    const { rows } = await client.query<Omit<Changed, "deleted">>(countedUpsert(change));
    return rows[0] ?? { inserted: 0, updated: 0 };
  }
  await client.query(`lock table ${change.job.table} in share row exclusive mode`);
  const { rows } = await client.query<{ n: number }>(countInserts(change));
  const inserted = rows[0]?.n ?? 0;
  return { inserted, updated: (await affected(client, upsert(change))) - inserted };
};

/** The target's rows in question become the stage's: by difference where there is a key, else all of them anew. */
const replace = async (client: PostgresClient, plan: WritePlan, wanted: Change): Promise<Counts> => {
  const { job } = wanted;
  // Writers wait until the end, readers do not: the counts stay true between the statements.
  await client.query(`lock table ${job.table} in share row exclusive mode`);
  const change = (await keyIsUnique(client, plan, wanted)) ? wanted : { ...wanted, key: [] };
  if (plan.mode === "incremental_by_time")
    await refuseEmpty(client, job, `SELECT FROM ${job.table} t WHERE ${vanished(change)}`);
  if (plan.target !== null) await refuseChildren(client, change, plan.target);
  const { rows } = plan.batch;
  const changed =
    change.key.length > 0 && (await canMerge(client, plan))
      ? await merge(client, change)
      : await rewrite(client, change);
  return { rows, ...changed, unchanged: rows - changed.inserted - changed.updated };
};

type Changed = Pick<Counts, "inserted" | "updated" | "deleted">;

/** `MERGE … WHEN NOT MATCHED BY SOURCE` came with PostgreSQL 17; tables with rules cannot be merged into. */
const canMerge = async (client: PostgresClient, plan: WritePlan): Promise<boolean> => {
  if (plan.target?.triggers.some((name) => name.startsWith("rule ")) === true) return false;
  const { rows } = await client.query<{ n: number }>("select current_setting('server_version_num')::int as n");
  return (rows[0]?.n ?? 0) >= 170_000;
};

const merge = async (client: PostgresClient, change: Change): Promise<Changed> => {
  const { rows } = await client.query<Changed>(mergeDifference(change));
  return rows[0] ?? { inserted: 0, updated: 0, deleted: 0 };
};

const rewrite = async (client: PostgresClient, change: Change): Promise<Changed> => {
  const deleted = await affected(client, deleteVanished(change));
  const updated = change.key.length === 0 ? 0 : await affected(client, updateChanged(change));
  const inserted = await affected(client, insertNew(change));
  return { inserted, updated, deleted };
};

/** A key that no index guards may be NULL or repeated in the target: then a difference would leave such rows behind. */
export const keyIsUnique = async (client: PostgresClient, plan: WritePlan, { job, key }: Change): Promise<boolean> => {
  const names = key.map((pair) => pair.name);
  const guarded = plan.target?.keys.some((each) => each.notNull && each.columns.every((name) => names.includes(name)));
  if (key.length === 0 || guarded === true) return true;
  const list = names.map(quoteIdentifier);
  const { rows } = await client.query<{ bad: boolean }>(
    `select exists (select from ${job.table} where ${list.map((name) => `${name} is null`).join(" or ")})
       or exists (select from ${job.table} group by ${list.join(", ")} having count(*) > 1) as bad`,
  );
  return rows[0]?.bad !== true;
};

/** The change that a plan asks for. */
export const changeOf = (job: WriteJob, plan: WritePlan, stage: string): Change => {
  const { interval } = plan.batch;
  const time = plan.mode === "incremental_by_time" ? requireTime(job) : null;
  const pair = plan.match.pairs.find((each) => each.stage === time);
  const within = pair === undefined || interval === null ? null : { pair, interval };
  return { job, stage, pairs: plan.match.pairs, key: plan.key, within };
};

/** Names what stood in the way where PostgreSQL alone knows it. */
const explainRefusal = (job: WriteJob, error: unknown): unknown => {
  if (!(error instanceof HeadraceError) || !error.code.startsWith("postgres_")) return error;
  const state = sqlstateOf(error);
  const detail = String(error.params["detail"] ?? error.message);
  const params = { table: job.label, detail, sqlstate: state };
  if (/^(23|21)/.test(state)) {
    return new ExecutorExecutionError(
      "target_constraint_violated",
      { node: job.source.node, params },
      { cause: error },
    );
  }
  if (state === "42501" && detail.includes("row-level security")) {
    return new ExecutorExecutionError("target_row_security", { node: job.source.node, params }, { cause: error });
  }
  if (state === "55P03") {
    return new ExecutorExecutionError("target_locked", { node: job.source.node, params }, { cause: error });
  }
  return error;
};
