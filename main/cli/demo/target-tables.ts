import type { NodeResult } from "../../../shared/run/index.ts";
import { type PostgresConnection, postgresRoom, type Project } from "../../engine/index.ts";

/** A PostgreSQL table that a project writes, as it is in the database now. */
export interface TargetTable {
  readonly table: string;
  readonly node: string;
  readonly mode: string;
  /** `null` when the database has no such table. */
  readonly rows: number | null;
  /** Seconds that writing took in this run; `null` when it was up to date. */
  readonly seconds: number | null;
}

/** Every PostgreSQL table that the project's nodes write, its rows counted in the database itself. */
export async function targetTables(
  project: Project,
  results: readonly NodeResult[],
  connection: PostgresConnection,
  signal: AbortSignal,
): Promise<readonly TargetTable[]> {
  const { parseTableName, postgresClient, quoteTable } = await postgresRoom();
  await using client = await postgresClient(connection, { applicationName: "headrace:demo/tables", signal });
  const tables: TargetTable[] = [];
  for (const node of project.nodes.values()) {
    for (const { type, table, mode } of node.config.materializations) {
      if (type !== "postgresql" || table === undefined) continue;
      const name = quoteTable(parseTableName(table));
      const found = await client.query<{ oid: unknown }>("select to_regclass($1) as oid", [name]);
      const exists = found.rows[0]?.oid !== null;
      const counted = exists ? await client.query<{ count: string }>(`select count(*) from ${name}`) : null;
      const result = results.find(({ node_id, status }) => node_id === node.id && status !== "CACHED");
      const written = result?.metadata.targets.find(({ target }) => target.endsWith(table));
      tables.push({
        table,
        node: node.id,
        mode,
        rows: counted === null ? null : Number(counted.rows[0]?.count),
        seconds: written?.durationSeconds ?? null,
      });
    }
  }
  return tables;
}
