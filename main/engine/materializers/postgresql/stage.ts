// The stage: a table of its own for each attempt, which nobody reads, filled before the target is touched.

import { createHash, randomBytes } from "node:crypto";

import { type PostgresClient, postgresClient, quoteIdentifier, withTransaction } from "../../postgres/index.ts";
import type { PostgresConnection } from "../../project/project.ts";
import type { StageColumn } from "./column-types.ts";
import type { WriteJob } from "./job.ts";
import { createSchema } from "./place.ts";

export interface Stage {
  /** `null`: a temporary table that only this session sees. */
  readonly schema: string | null;
  readonly name: string;
  /** In quotes, ready for SQL. */
  readonly table: string;
}

/** What a stage's comment says, so that a sweep knows whose it is. */
export interface StageOwner {
  readonly run: string;
  readonly node: string;
  readonly target: string;
}

export const stagePattern = "^headrace_stage_[0-9a-f]{12}_[0-9a-f]{12}$";

/** Never the same name twice: the extension's cache would remember the earlier table. */
const stageName = (owner: StageOwner): string => {
  const hash = createHash("sha256").update(JSON.stringify(owner)).digest("hex").slice(0, 12);
  return `headrace_stage_${hash}_${randomBytes(6).toString("hex")}`;
};

const columnList = (columns: readonly StageColumn[]): string =>
  columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`).join(", ");

const holding = (name: string): string => `headrace-stage:${name}`;

/** Marks a stage as in use for as long as this session lives, whatever becomes of the process. */
const holdStage = (client: PostgresClient, name: string): Promise<unknown> =>
  client.query("select pg_advisory_lock(hashtextextended($1, 0))", [holding(name)]);

/** True when no session writes through this stage any more. */
export const isAbandoned = async (client: PostgresClient, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ free: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free",
    [holding(name)],
  );
  return rows[0]?.free === true;
};

/**
 * Creates an empty stage. Only a stage that will be copied into an existing table is unlogged: an unlogged table stays
 * so when it is renamed, and a server crash empties it.
 */
export const createStage = async (
  client: PostgresClient,
  job: WriteJob,
  schema: string | null,
  isNew: boolean,
): Promise<Stage> => {
  const owner: StageOwner = { run: job.source.runId, node: job.source.node, target: job.label };
  const name = stageName(owner);
  if (schema === null) {
    await client.query(`create temporary table ${quoteIdentifier(name)} (${columnList(job.columns)})`);
    return { schema, name, table: `pg_temp.${quoteIdentifier(name)}` };
  }
  const table = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  await createSchema(client, schema);
  await holdStage(client, name);
  await withTransaction(client, async () => {
    await client.query(`create ${isNew ? "" : "unlogged "}table ${table} (${columnList(job.columns)})`);
    await client.query(`comment on table ${table} is ${client.escapeLiteral(JSON.stringify(owner))}`);
  });
  return { schema, name, table };
};

/** Ends whoever still works on the stage (a load whose process is gone) and drops it. */
export const dropStage = async (client: PostgresClient, stage: Pick<Stage, "table">): Promise<void> => {
  await client.query(
    `select pg_terminate_backend(pid) from (
       select distinct pid from pg_locks where locktype = 'relation' and pid <> pg_backend_pid()
         and database = (select oid from pg_database where datname = current_database())
         and relation = to_regclass($1)) holders`,
    [stage.table],
  );
  await withTransaction(client, async () => {
    await client.query("set local lock_timeout = '5s'");
    await client.query(`drop table if exists ${stage.table}`);
  });
};

/** Drops a stage after a failure, through a fresh connection; what cannot be dropped now is swept later. */
export const abandonStage = async (connection: PostgresConnection, stage: Stage): Promise<void> => {
  if (stage.schema === null) return;
  try {
    await using client = await postgresClient(connection, { applicationName: "headrace:cleanup" });
    await dropStage(client, stage);
  } catch {
    // The server is away or busy: `sweepStages` finds the stage by its name and comment.
  }
};
