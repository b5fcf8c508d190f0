import type { DuckDBConnection } from "@duckdb/node-api";

import type { Column } from "../../../../shared/graph/index.ts";
import type { Page, Relation } from "../sql-host.ts";
import { bindParameters } from "./bind.ts";
import { distinctNames } from "./result-columns.ts";
import { readRelation } from "./views.ts";

export interface PageRequest {
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly params: Readonly<Record<string, unknown>>;
  /** `null` for every row. */
  readonly range: { readonly offset: number; readonly limit: number } | null;
}

/** Some rows of a SELECT as DuckDB's own text, which alone is exact for every type. */
export const readPage = async (connection: DuckDBConnection, request: PageRequest): Promise<Page> => {
  const { sql, columns, params } = request;
  const offset = Math.max(0, Math.trunc(request.range?.offset ?? 0));
  const limit = Math.max(0, Math.trunc(request.range?.limit ?? Number.MAX_SAFE_INTEGER));
  const names = columns.map((_, i) => `c${i}`);
  const texts = names.map((name) => `cast(${name} as varchar)`);
  const statement = await connection.prepare(
    `select ${texts.join(", ")} from (\n${sql}\n) as q(${names.join(", ")})` +
      (request.range === null ? "" : ` limit ${limit} offset ${offset}`),
  );
  try {
    bindParameters(statement, params);
    const rows = (await (await statement.run()).getRows()) as (string | null)[][];
    const isEnd = rows.length < limit && (rows.length > 0 || offset === 0);
    return { columns: distinctNames(columns), rows, totalRows: isEnd ? offset + rows.length : null };
  } finally {
    statement.destroySync();
  }
};

/** Some rows of a whole table, found by their number: those before them are not read. */
export const readTablePage = async (
  connection: DuckDBConnection,
  relation: Relation,
  columns: readonly Column[],
  range: { readonly offset: number; readonly limit: number },
): Promise<Page> => {
  const counted = await connection.run(`select count(*) from (${readRelation(relation)})`);
  const totalRows = Number((await counted.getRows())[0]?.[0]);
  const numbered = !columns.some(({ name }) => name.toLowerCase() === "file_row_number");
  const { offset, limit } = range;
  const condition = `file_row_number >= ${Math.max(0, Math.trunc(offset))} and file_row_number < ${Math.trunc(offset + limit)}`;
  const sql = readRelation(relation, numbered ? condition : "");
  const page = await readPage(connection, { sql, columns, params: {}, range: numbered ? null : range });
  return { ...page, totalRows };
};
