import type { DuckDBConnection } from "@duckdb/node-api";

import type { Relation } from "../../sql-host.ts";
import { literal } from "../../sql/identifiers.ts";
import { orderScan } from "./numbered.ts";

export interface SpreadRequest {
  readonly relation: Relation;
  /** Absolute; is replaced. */
  readonly output: string;
}

/** Few enough for a row to be unpacked with few others, enough for a footer that is read at once. */
const rowsOfPart = 16_384;

/** Writes the same rows in the same order and form, in small parts that unpack quickly; how many they are. */
export const spreadRows = async (
  connection: DuckDBConnection,
  { relation, output }: SpreadRequest,
): Promise<number> => {
  const options = `format parquet, compression lz4_raw, row_group_size ${rowsOfPart}, use_tmp_file false`;
  const sql = `copy (select * from ${orderScan(relation.file)}) to ${literal(output)} (${options})`;
  return (await connection.run(sql)).rowsChanged;
};
