import type { ViewedColumn } from "../../../../../shared/table/index.ts";
import type { Relation } from "../../sql-host.ts";
import { literal, quoted } from "../../sql/identifiers.ts";
import { storedForm } from "../../types/stored-form.ts";

/** The name a table's row number goes by in the SELECTs of this folder. */
const rowNumber = "n";

const scan = (file: string): string => `read_parquet(${literal(file)}, hive_partitioning = false)`;

/** A column's value with the relation's own type, from the form it is stored in. */
const loaded = ({ columns }: Relation, at: number): string => {
  const { name, type } = columns[at]!;
  return storedForm(type).load(quoted(name));
};

/** A table may have a column of the name by which DuckDB knows row numbers. */
const hidesNumbers = ({ columns }: Relation): boolean =>
  columns.some(({ name }) => name.toLowerCase() === "file_row_number");

/**
 * A relation's rows as `n` (from 0) and the chosen columns as `c0`, `c1`, … by their places. `asked` speaks of
 * `n`; where DuckDB's own numbers can be used, rows outside it are not read.
 */
export const numberedSelect = (
  relation: Relation,
  columns: readonly number[],
  asked: (n: string) => string = () => "",
): string => {
  const condition = (n: string): string =>
    [asked(n), first(relation, n)]
      .filter((part) => part !== "")
      .map((part) => `(${part})`)
      .join(" and ");
  const list = columns.map((at) => `${loaded(relation, at)} as c${at}`);
  if (!hidesNumbers(relation)) {
    const where = condition("file_row_number");
    const select = ["file_row_number as n", ...list].join(", ");
    return `select ${select} from ${scan(relation.file)}${where && ` where ${where}`}`;
  }
  const where = condition(rowNumber);
  const all = `select ${["row_number() over () - 1 as n", ...list].join(", ")} from ${scan(relation.file)}`;
  return where === "" ? all : `select * from (${all}) where ${where}`;
};

/** The chosen columns as conditions see them in a `numberedSelect`. */
export const viewedColumns = ({ columns }: Relation, chosen: readonly number[]): readonly ViewedColumn[] =>
  chosen.map((at) => ({ ...columns[at]!, expression: `c${at}` }));

const first = ({ firstRows }: Relation, n: string): string => (firstRows === undefined ? "" : `${n} < ${firstRows}`);

/** Every column's place. */
export const allColumns = ({ columns }: Relation): readonly number[] => columns.map((_column, at) => at);

/** A condition that keeps rows from `offset` on. */
export const between = (offset: number, limit: number) => (n: string) =>
  `${n} >= ${Math.trunc(offset)} and ${n} < ${Math.trunc(offset + limit)}`;

/** Rows of a parquet file, from its footer. */
export const countSql = (file: string): string =>
  `select sum(num_rows)::varchar from parquet_file_metadata(${literal(file)})`;

export const orderScan = scan;
