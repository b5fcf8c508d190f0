// What a write would do, found on the real target: the rows go into a temporary table of a transaction that is rolled back.

import { HeadraceError } from "../../../../shared/errors/index.ts";
import { type PostgresClient, postgresClient } from "../../postgres/index.ts";
import type { MaterializationPreview } from "../materializer.ts";
import { refuseChildren } from "./hazards.ts";
import { isFilled } from "./filled.ts";
import type { WriteJob } from "./job.ts";
import { findLedger } from "./ledger.ts";
import { loadStage } from "./load-stage.ts";
import type { WritePlan } from "./plan.ts";
import { headraceSchema, readRights, type Rights, stageSchema } from "./place.ts";
import { changeOf, keyIsUnique } from "./publish.ts";
import { createStage } from "./stage.ts";
import { checkStaged } from "./stage-checks.ts";
import {
  type Change,
  countInserts,
  countUpdates,
  countVanished,
  deleteVanished,
  insertNew,
  updateChanged,
  upsert,
} from "./statements.ts";
import { checkedPlan } from "./write.ts";
import { refuseSilentLosses } from "./value-checks.ts";

type Found = Omit<MaterializationPreview, "target">;

type Difference = Pick<MaterializationPreview, "inserts" | "updates" | "deletes" | "unchanged" | "statements">;

const uncounted: Difference = { inserts: null, updates: null, deletes: null, unchanged: null, statements: [] };

/** Runs the checks of a write and counts; throws what the write would throw. */
export const previewTable = async (job: WriteJob): Promise<Found> => {
  await refuseSilentLosses(job);
  const { signal } = job.context;
  await using client = await postgresClient(job.connection, { applicationName: job.applicationName, signal });
  const rights = await readRights(client, job);
  const ledger = await findLedger(client, job);
  const plan = await checkedPlan(client, job, ledger);
  const { statements, ...counts } = await differenceOf(client, job, plan).catch((error: unknown) => {
    if (cannotCount(error)) return uncounted;
    throw error;
  });
  return {
    exists: plan.target !== null,
    production: job.connection.production,
    label: job.label,
    replaces: plan.mode === "full" && (await isFilled(client, job.table)),
    ...counts,
    statements: [...definitions(job, plan, rights), ...statements],
    locks: locksOf(job, plan),
    warnings: [
      ...warningsOf(job, plan, rights, ledger),
      ...(counts.inserts === null ? ["the server allows no temporary table here, so the rows were not counted"] : []),
    ],
  };
};

const differenceOf = async (client: PostgresClient, job: WriteJob, plan: WritePlan): Promise<Difference> => {
  const none = { inserts: 0, updates: 0, deletes: 0, unchanged: 0, statements: [] };
  if (plan.delivered) return none;
  if (plan.target === null) return { ...none, inserts: plan.batch.rows };
  await client.query("begin");
  try {
    const stage = await createStage(client, job, null, false);
    await loadStage(client, job, stage, plan.batch);
    await checkStaged(client, job, stage.table, plan.match.pairs);
    const wanted = changeOf(job, plan, stage.table);
    const replaces = plan.mode === "full" || plan.mode === "incremental_by_time";
    const change = !replaces || (await keyIsUnique(client, plan, wanted)) ? wanted : { ...wanted, key: [] };
    if (replaces) await refuseChildren(client, change, plan.target);
    return await countChange(client, plan, change, replaces);
  } finally {
    await client.query("rollback").catch(() => undefined);
  }
};

const countChange = async (
  client: PostgresClient,
  plan: WritePlan,
  change: Change,
  replaces: boolean,
): Promise<Difference> => {
  const count = async (sql: string): Promise<number> => (await client.query<{ n: number }>(sql)).rows[0]?.n ?? 0;
  const idle = plan.mode === "incremental_by_time" && plan.batch.interval === null;
  const inserts = idle ? 0 : await count(countInserts(change));
  const updates = plan.mode === "append" || change.key.length === 0 || idle ? 0 : await count(countUpdates(change));
  const deletes = replaces && !idle ? await count(countVanished(change)) : 0;
  const statements = statementsOf(plan, change, idle).map((sql) => sql.replaceAll(change.stage, "stage"));
  return { inserts, updates, deletes, unchanged: plan.batch.rows - inserts - updates, statements };
};

const statementsOf = (plan: WritePlan, change: Change, idle: boolean): readonly string[] => {
  if (idle) return [];
  if (plan.mode === "append") return [insertNew(change)];
  if (plan.mode === "upsert_by_key") return [upsert(change)];
  const update = change.key.length === 0 ? null : updateChanged(change);
  return [deleteVanished(change), ...(update === null ? [] : [update]), insertNew(change)];
};

/** The DDL on the target, in order. */
const definitions = (job: WriteJob, plan: WritePlan, rights: Rights): readonly string[] => {
  const index = `CREATE UNIQUE INDEX ON ${job.table} (${plan.key.map((pair) => `"${pair.name}"`).join(", ")})`;
  const withIndex = plan.missingIndex ? [index] : [];
  if (plan.target !== null) return [...plan.match.changes, ...withIndex];
  const columns = job.columns.map((column) => `"${column.name}" ${column.type}`).join(", ");
  const schema = rights.schemaExists ? [] : [`CREATE SCHEMA "${job.target.schema}"`];
  return [...schema, `CREATE TABLE ${job.table} (${columns})`, ...withIndex];
};

const locksOf = (job: WriteJob, plan: WritePlan): readonly string[] => {
  if (plan.target === null || plan.delivered) return [];
  const replaces = plan.mode === "full" || plan.mode === "incremental_by_time";
  return [
    ...(plan.match.changes.length > 0
      ? [`ACCESS EXCLUSIVE on ${job.label}: readers and writers wait until the end`]
      : []),
    ...(plan.missingIndex ? [`SHARE on ${job.label}: writers wait while the unique index is built`] : []),
    replaces
      ? `SHARE ROW EXCLUSIVE on ${job.label}: other writers wait, readers do not`
      : `ROW EXCLUSIVE on ${job.label}: nobody waits, except for the same rows`,
  ];
};

const warningsOf = (job: WriteJob, plan: WritePlan, rights: Rights, ledger: string | null): readonly string[] => {
  const schema = stageSchema(rights, job, plan.target === null);
  const canHaveLedger = ledger !== null || rights.createInSchema || rights.createInDatabase || rights.createInHeadrace;
  return [
    ...(plan.delivered ? [`this batch was appended to ${job.label} before`] : []),
    ...(schema === null ? ["the rows are staged in a temporary table: the user may create no other"] : []),
    ...(schema !== null && schema !== headraceSchema ? [`the rows are staged in schema ${schema}`] : []),
    ...(canHaveLedger ? [] : ["there is no ledger, and the user may create none"]),
  ];
};

/** Whether nothing may be written here, not even a temporary table: a standby, or a user without that right. */
const cannotCount = (error: unknown): boolean =>
  error instanceof HeadraceError && /^(25006|42501)$/.test(String(error.params["sqlstate"] ?? ""));
