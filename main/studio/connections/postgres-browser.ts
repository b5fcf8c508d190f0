import { z } from "zod";

import type { ServerColumn, ServerTable } from "../../../shared/api/index.ts";
import { type PostgresConnection, postgresRoom } from "../../engine/index.ts";

const connectSeconds = 5;

const ask = async <T>(
  connection: PostgresConnection,
  sql: string,
  values: readonly string[],
  row: z.ZodType<T>,
  signal: AbortSignal,
): Promise<readonly T[]> => {
  const { postgresClient } = await postgresRoom();
  const options = { applicationName: "headrace:studio", signal, connectTimeoutSeconds: connectSeconds };
  await using client = await postgresClient(connection, options);
  const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
  return z.array(row).parse(rows);
};

/** The server's own version. Throws what stands in the way, e.g. `postgres_unreachable`. */
export const postgresVersion = async (connection: PostgresConnection, signal: AbortSignal): Promise<string> => {
  const [row] = await ask(connection, "show server_version", [], z.object({ server_version: z.string() }), signal);
  return `PostgreSQL ${row?.server_version ?? ""}`;
};

const tablesSql = `
  select n.nspname as schema, c.relname as name,
         case when c.relkind in ('v', 'm') then 'view' else 'table' end as kind,
         case when c.reltuples < 0 then null else c.reltuples::float8 end as rows
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and n.nspname not in ('information_schema', '_headrace') and n.nspname not like 'pg\\_%'
    and has_schema_privilege(n.oid, 'usage')
  order by 1, 2`;

const tableRow: z.ZodType<ServerTable> = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(["table", "view"]),
  rows: z.number().nullable(),
});

/** Tables and views that this person may see. */
export const postgresTables = (connection: PostgresConnection, signal: AbortSignal): Promise<readonly ServerTable[]> =>
  ask(connection, tablesSql, [], tableRow, signal);

const columnsSql = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
         coalesce(a.attnum = any (k.conkey), false) as "isKey"
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
  where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

const columnRow: z.ZodType<ServerColumn> = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  isKey: z.boolean(),
});

export const postgresColumns = (
  connection: PostgresConnection,
  schema: string,
  table: string,
  signal: AbortSignal,
): Promise<readonly ServerColumn[]> => ask(connection, columnsSql, [schema, table], columnRow, signal);
