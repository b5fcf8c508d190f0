import type { DuckDBConnection } from "@duckdb/node-api";

import { conditionsOf, type TableView, typeClass } from "../../../../../shared/table/index.ts";
import type { Relation } from "../../sql-host.ts";
import { literal } from "../../sql/identifiers.ts";
import { allColumns, numberedSelect, viewedColumns } from "./numbered.ts";
import { sampleCondition } from "./sample.ts";
import { firstText } from "./first-text.ts";

/** From here on it pays to sort repeated texts by their rank. */
const manyRows = 500_000;
const seldomRepeated = 0.5;

/** Row numbers of eight bytes make sorting half as slow again. */
const mostShortNumber = 4_294_967_295;

/**
 * Writes the numbers of the rows that a view shows, in its order, as a parquet file; how many they are. A page of the
 * view then is a stretch of that file, however deep.
 */
export const orderRows = async (
  connection: DuckDBConnection,
  { relation, view, rows, output, limit }: OrderRequest,
): Promise<number> => {
  const sorts = view.sort.flatMap(({ column, descending }) => {
    const at = relation.columns.findIndex(({ name }) => name === column);
    return at < 0 ? [] : [{ at, descending }];
  });
  const viewed = viewedColumns(relation, view.search === "" ? columnsOf(relation, view) : allColumns(relation));
  const conditions = conditionsOf(view, viewed).map((condition) => `(${condition})`);
  const needed = new Set([
    ...viewed.map(({ expression }) => Number(expression.slice(1))),
    ...sorts.map(({ at }) => at),
  ]);
  const numberType = rows <= mostShortNumber ? "uinteger" : "ubigint";
  const table = `select * replace (n::${numberType} as n) from (${numberedSelect(relation, [...needed])})`;

  const keys: string[] = [];
  const ranks: string[] = [];
  const joins: string[] = [];
  for (const [place, { at, descending }] of sorts.entries()) {
    // Few rows are found without comparing all of them.
    const ranked = limit === null && (await isRanked(connection, relation, at, rows));
    if (ranked) {
      ranks.push(
        `r${place} as materialized (select v, (row_number() over (order by v))::uinteger as rank from ` +
          `(select distinct c${at} as v from (${numberedSelect(relation, [at])})) where v is not null)`,
      );
      joins.push(`left join r${place} on t.c${at} = r${place}.v`);
    }
    keys.push(`${ranked ? `r${place}.rank` : `t.c${at}`} ${descending ? "desc" : "asc"} nulls last`);
  }
  // Rows that are alike keep the table's order, so that a page is the same whenever it is read.
  if (keys.length > 0) keys.push("t.n");
  const sql = [
    ranks.length === 0 ? "" : `with ${ranks.join(", ")} `,
    `select t.n from (${table}) t `,
    joins.join(" "),
    conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`,
    keys.length === 0 ? "" : ` order by ${keys.join(", ")}`,
    limit === null ? "" : ` limit ${Math.trunc(limit)}`,
  ].join("");
  const options = "format parquet, compression uncompressed, use_tmp_file false";
  return (await connection.run(`copy (${sql}) to ${literal(output)} (${options})`)).rowsChanged;
};

export interface OrderRequest {
  readonly relation: Relation;
  readonly view: TableView;
  /** Rows of the relation. */
  readonly rows: number;
  /** Absolute; is replaced. */
  readonly output: string;
  /** Only so many rows, the first of the view; `null` for all. */
  readonly limit: number | null;
}

const columnsOf = ({ columns }: Relation, { filters }: TableView): readonly number[] => [
  ...new Set(filters.map(({ column }) => columns.findIndex(({ name }) => name === column)).filter((at) => at >= 0)),
];

/** Comparing millions of texts costs more than comparing the ranks of the few that differ. */
const isRanked = async (
  connection: DuckDBConnection,
  relation: Relation,
  at: number,
  rows: number,
): Promise<boolean> => {
  if (rows < manyRows || typeClass(relation.columns[at]!.type) !== "text") return false;
  const sample = numberedSelect(relation, [at], sampleCondition(rows));
  const share = await firstText(
    connection,
    `select (approx_count_distinct(c${at}) / greatest(count(*), 1))::varchar from (${sample})`,
  );
  return Number(share) < seldomRepeated;
};
