import type { Relation, SqlHosts } from "../../duckdb/sql-host.ts";

/** A group's table on its way into the stores. */
export interface StoredTable {
  readonly relation: Relation;
  readonly rows: number;
  /** SHA-256 of the table's file. */
  readonly hash: string;
  readonly version: string;
  readonly runId: string;
  /** Absolute folder for files on the same disk as the stores. */
  readonly scratch: string;
  readonly duckdb: Pick<SqlHosts, "page" | "writeParquet">;
  readonly signal: AbortSignal;
}
