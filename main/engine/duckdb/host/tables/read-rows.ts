import type { DuckDBConnection } from "@duckdb/node-api";

import { typeClass } from "../../../../../shared/table/index.ts";
import type { Relation } from "../../sql-host.ts";
import { between, numberedSelect, orderScan } from "./numbered.ts";

export interface RowsRequest {
  readonly relation: Relation;
  /** The file that `orderRows` wrote; `null` for the table's own order. */
  readonly order: string | null;
  readonly offset: number;
  readonly limit: number;
  /** Places of the columns wanted. */
  readonly columns: readonly number[];
  /** Characters of a cell that are given; `null` for all. */
  readonly longest: number | null;
}

/** Rows as DuckDB's own text, which alone is exact for every type. */
export interface TextRows {
  readonly rows: readonly (readonly (string | null)[])[];
  /** By place in `rows`' columns: whole lengths of cells that were cut, `null` for the others. */
  readonly lengths: Readonly<Record<number, readonly (number | null)[]>>;
}

/** Whether a type's text may be long. */
const mayBeLong = (type: string): boolean =>
  !["number", "time", "boolean"].includes(typeClass(type)) && !/^(?:UUID|TIME\b|INTERVAL)/i.test(type);

/** Some rows of a table in its own order or a view's. Only they are read, as far as a file's parts allow. */
export const readRows = async (connection: DuckDBConnection, request: RowsRequest): Promise<TextRows> => {
  const { relation, columns, longest } = request;
  const numbers = await orderedNumbers(connection, request);
  if (numbers?.length === 0) return { rows: [], lengths: {} };
  const condition =
    numbers === null
      ? between(request.offset, request.limit)
      : (n: string): string => `${n} in (${numbers.join(", ")})`;
  const long =
    longest === null ? [] : columns.flatMap((at, place) => (mayBeLong(relation.columns[at]!.type) ? [place] : []));
  const list = [
    "n::varchar",
    ...columns.map((at, place) =>
      long.includes(place) ? `substr(c${at}::varchar, 1, ${longest})` : `c${at}::varchar`,
    ),
    ...long.map((place) => lengthSql(`c${columns[place]}`, longest ?? 0)),
  ];
  const sql = `select ${list.join(", ")} from (${numberedSelect(relation, columns, condition)})`;
  const found = (await (await connection.run(sql)).getRows()) as (string | null)[][];
  const ordered = numbers === null ? found : inOrder(found, numbers);
  const rows = ordered.map((row) => row.slice(1, 1 + columns.length));
  const lengths = Object.fromEntries(
    long.flatMap((place, at) => {
      const cells = ordered.map((row) =>
        row[1 + columns.length + at] === null ? null : Number(row[1 + columns.length + at]),
      );
      return cells.some((cell) => cell !== null) ? [[place, cells] as const] : [];
    }),
  );
  return { rows, lengths };
};

const lengthSql = (column: string, longest: number): string =>
  `case when length(${column}::varchar) > ${longest} then length(${column}::varchar)::varchar end`;

const orderedNumbers = async (
  connection: DuckDBConnection,
  { order, offset, limit }: RowsRequest,
): Promise<readonly string[] | null> => {
  if (order === null) return null;
  const range = between(offset, limit)("file_row_number");
  const found = await connection.run(`select n::varchar from ${orderScan(order)} where ${range}`);
  return ((await found.getRows()) as string[][]).map(([n = ""]) => n);
};

const inOrder = (rows: (string | null)[][], numbers: readonly string[]): readonly (string | null)[][] => {
  const byNumber = new Map(rows.map((row) => [row[0], row]));
  return numbers.flatMap((n) => {
    const row = byNumber.get(n);
    return row === undefined ? [] : [row];
  });
};
