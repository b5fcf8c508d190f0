import type { DuckDBConnection } from "@duckdb/node-api";

import type { Relation } from "../../sql-host.ts";
import { literal, quoted } from "../../sql/identifiers.ts";
import { copyStatement } from "../write-parquet.ts";
import { numberedSelect, orderScan } from "./numbered.ts";

export interface ExportRequest {
  readonly relation: Relation;
  readonly order: string | null;
  readonly columns: readonly number[];
  readonly format: "csv" | "parquet";
  /** Absolute; is replaced. */
  readonly output: string;
}

/** Writes a view's rows as a file for other programs; how many they are. */
export const exportRows = async (connection: DuckDBConnection, request: ExportRequest): Promise<number> => {
  const { relation, order, columns, format, output } = request;
  const named = columns.map((at) => relation.columns[at]!);
  const list = columns.map((at, place) => `t.c${at} as ${quoted(named[place]!.name)}`).join(", ");
  const table = numberedSelect(relation, columns);
  const sql =
    order === null
      ? `select ${list} from (${table}) t`
      : `select ${list} from (${table}) t join (select n, file_row_number as p from ${orderScan(order)}) o on t.n = o.n order by o.p`;
  const copy =
    format === "parquet"
      ? copyStatement({ sql, columns: named }, output).text
      : `copy (${sql}) to ${literal(output)} (format csv, header, use_tmp_file false)`;
  return (await connection.run(copy)).rowsChanged;
};
