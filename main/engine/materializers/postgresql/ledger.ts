// The ledger: one row for each write, in the target's own database and transaction. It makes an append exactly once.

import { type PostgresClient, quoteIdentifier } from "../../postgres/index.ts";
import type { WriteJob } from "./job.ts";
import { createSchema, headraceSchema, type Rights } from "./place.ts";

export interface Counts {
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/** A closed or half-open interval of UTC wall-clock times as PostgreSQL prints them. */
export interface TimeInterval {
  readonly from: string;
  readonly to: string;
  readonly toIncluded: boolean;
}

/** An earlier write to the same target, as far as later ones care. */
export interface LedgerEntry {
  readonly id: string;
  readonly writeId: string;
  readonly node: string;
  readonly mode: string;
  readonly outputHash: string;
  readonly definitionHash: string;
  readonly intervalStart: string | null;
  readonly intervalEnd: string | null;
  readonly batch: TimeInterval | null;
  readonly targetOid: number;
  readonly counts: Counts;
}

const tableIn = (schema: string): string =>
  schema === headraceSchema
    ? `${quoteIdentifier(headraceSchema)}.ledger`
    : `${quoteIdentifier(schema)}.${quoteIdentifier("_headrace_ledger")}`;

const definition = `(
  id bigint generated always as identity primary key,
  write_id uuid not null unique,
  written_at timestamptz not null default now(),
  target_schema text not null,
  target_table text not null,
  target_oid bigint not null,
  run_id text not null,
  node text not null,
  mode text not null,
  output_hash text not null,
  definition_hash text not null,
  env_hash text,
  artifact_hash text,
  interval_start text,
  interval_end text,
  batch_from timestamp,
  batch_to timestamp,
  batch_to_included boolean,
  rows bigint not null,
  inserted bigint not null,
  updated bigint not null,
  deleted bigint not null,
  unchanged bigint not null)`;

const usable = async (client: PostgresClient, table: string): Promise<"yes" | "no" | "absent"> => {
  const { rows } = await client.query<{ found: boolean; allowed: boolean | null }>(
    `select to_regclass($1) is not null as found,
       has_table_privilege(to_regclass($1), 'select') and has_table_privilege(to_regclass($1), 'insert') as allowed`,
    [table],
  );
  if (rows[0]?.found !== true) return "absent";
  return rows[0].allowed === true ? "yes" : "no";
};

/** The ledger that exists and may be written: `_headrace.ledger`, else one in the target's schema; `null` without one. */
export const findLedger = async (client: PostgresClient, job: WriteJob): Promise<string | null> => {
  for (const table of [tableIn(headraceSchema), tableIn(job.target.schema)]) {
    if ((await usable(client, table)) === "yes") return table;
  }
  return null;
};

/** The ledger, made when it is not there; `null` when the user may create it nowhere. */
export const ensureLedger = async (client: PostgresClient, job: WriteJob, rights: Rights): Promise<string | null> => {
  const found = await findLedger(client, job);
  if (found !== null) return found;
  const mayUseHeadrace = rights.headraceExists ? rights.createInHeadrace : rights.createInDatabase;
  const schema = mayUseHeadrace ? headraceSchema : rights.createInSchema ? job.target.schema : null;
  if (schema === null) return null;
  const table = tableIn(schema);
  if ((await usable(client, table)) === "no") return null;
  await createSchema(client, schema);
  try {
    await client.query(`create table if not exists ${table} ${definition}`);
  } catch (error) {
    // Two nodes may make it at the same moment; one of them is told that it exists.
    if ((await usable(client, table)) !== "yes") throw error;
  }
  return table;
};

const entryColumns = `id, write_id as "writeId", node, mode, output_hash as "outputHash", definition_hash as "definitionHash",
  interval_start as "intervalStart", interval_end as "intervalEnd", target_oid::float8 as "targetOid",
  case when batch_from is not null then json_build_object('from', batch_from::text, 'to', batch_to::text, 'toIncluded', batch_to_included) end as batch,
  json_build_object('rows', rows, 'inserted', inserted, 'updated', updated, 'deleted', deleted, 'unchanged', unchanged) as counts`;

/** What the target holds by the ledger: the writes since it was last replaced, oldest first. */
export const readLedger = async (
  client: PostgresClient,
  ledger: string | null,
  job: WriteJob,
): Promise<readonly LedgerEntry[]> => {
  if (ledger === null) return [];
  const { rows } = await client.query<LedgerEntry>(
    `with mine as (select * from ${ledger} where target_schema = $1 and target_table = $2)
     select ${entryColumns} from mine where id >= coalesce((select max(id) from mine where mode = 'full'), 0) order by id`,
    [job.target.schema, job.target.table],
  );
  return rows;
};

/** The same write, when an earlier try of it was committed without us hearing of it. */
export const findWrite = async (
  client: PostgresClient,
  ledger: string | null,
  job: WriteJob,
): Promise<Counts | null> => {
  if (ledger === null) return null;
  const { rows } = await client.query<LedgerEntry>(`select ${entryColumns} from ${ledger} where write_id = $1`, [
    job.writeId,
  ]);
  return rows[0]?.counts ?? null;
};

/** Adds this write's row; part of the publishing transaction. */
export const recordWrite = async (
  client: PostgresClient,
  ledger: string | null,
  job: WriteJob,
  write: { readonly oid: number; readonly mode: string; readonly counts: Counts; readonly batch: TimeInterval | null },
): Promise<void> => {
  if (ledger === null) return;
  const { source, context, target } = job;
  const { counts, batch } = write;
  const values = {
    write_id: job.writeId,
    target_schema: target.schema,
    target_table: target.table,
    target_oid: write.oid,
    run_id: source.runId,
    node: source.node,
    mode: write.mode,
    output_hash: source.outputHash,
    definition_hash: source.definitionHash,
    env_hash: source.envHash,
    artifact_hash: source.artifactHash,
    interval_start: context.interval.start,
    interval_end: context.interval.end,
    batch_from: batch?.from ?? null,
    batch_to: batch?.to ?? null,
    batch_to_included: batch?.toIncluded ?? null,
    ...counts,
  };
  const names = Object.keys(values);
  const places = names.map((_name, index) => `$${index + 1}`).join(", ");
  await client.query(`insert into ${ledger} (${names.join(", ")}) values (${places})`, Object.values(values));
};
