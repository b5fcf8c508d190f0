import type { DuckDBConnection } from "@duckdb/node-api";

/** The first cell of a SELECT that gives texts; `null` for NULL and for no row. */
export const firstText = async (connection: DuckDBConnection, sql: string): Promise<string | null> => {
  const [row] = (await (await connection.run(sql)).getRows()) as (string | null)[][];
  return row?.[0] ?? null;
};
