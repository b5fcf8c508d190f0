// Where in the server the stage and the ledger may live, given what the user is allowed to do.

import { type PostgresClient, quoteIdentifier } from "../../postgres/index.ts";
import type { WriteJob } from "./job.ts";

export const headraceSchema = "_headrace";

export interface Rights {
  readonly schemaExists: boolean;
  readonly createInSchema: boolean;
  readonly headraceExists: boolean;
  readonly createInHeadrace: boolean;
  readonly createInDatabase: boolean;
  readonly temporary: boolean;
  /** Tables made in the target's schema get grants of their own (ALTER DEFAULT PRIVILEGES). */
  readonly defaultGrants: boolean;
}

export const readRights = async (client: PostgresClient, job: WriteJob): Promise<Rights> => {
  const { rows } = await client.query<Rights>(
    `select t.oid is not null as "schemaExists", coalesce(has_schema_privilege(t.oid, 'create'), false) as "createInSchema",
       h.oid is not null as "headraceExists", coalesce(has_schema_privilege(h.oid, 'create'), false) as "createInHeadrace",
       has_database_privilege(current_database(), 'create') as "createInDatabase",
       has_database_privilege(current_database(), 'temporary') as "temporary",
       exists (select 1 from pg_default_acl where defaclnamespace = t.oid and defaclobjtype = 'r') as "defaultGrants"
     from (select 1) one
     left join pg_namespace t on t.nspname = $1 left join pg_namespace h on h.nspname = $2`,
    [job.target.schema, headraceSchema],
  );
  const [rights] = rows;
  if (rights === undefined) throw new Error("a query of one row returned none");
  return rights;
};

/**
 * The stage's schema: `_headrace`, else the target's, else a temporary table (`null`). A table that is still to be
 * made starts in the target's schema where that schema hands out grants to new tables.
 */
export const stageSchema = (rights: Rights, job: WriteJob, isNew: boolean): string | null => {
  if (isNew && rights.defaultGrants && rights.createInSchema) return job.target.schema;
  if (rights.headraceExists ? rights.createInHeadrace : rights.createInDatabase) return headraceSchema;
  return rights.createInSchema ? job.target.schema : null;
};

/** Creates a schema that may appear at the same moment through somebody else. */
export const createSchema = async (client: PostgresClient, schema: string): Promise<void> => {
  const found = await client.query("select 1 from pg_namespace where nspname = $1", [schema]);
  if (found.rowCount !== 0) return;
  try {
    await client.query(`create schema if not exists ${quoteIdentifier(schema)}`);
  } catch (error) {
    const again = await client.query("select 1 from pg_namespace where nspname = $1", [schema]);
    if (again.rowCount === 0) throw error;
  }
};
