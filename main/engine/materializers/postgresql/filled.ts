import type { PostgresClient } from "../../postgres/index.ts";

/** Whether a table is there and has a row; `table` is quoted for SQL. */
export const isFilled = async (client: PostgresClient, table: string): Promise<boolean> => {
  const there = await client.query<{ found: boolean }>("select to_regclass($1) is not null as found", [table]);
  if (there.rows[0]?.found !== true) return false;
  const { rows } = await client.query<{ filled: boolean }>(`select exists (select from ${table}) as filled`);
  return rows[0]?.filled === true;
};
