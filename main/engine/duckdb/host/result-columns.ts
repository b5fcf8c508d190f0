import type { DuckDBConnection } from "@duckdb/node-api";

import type { Column } from "../../../../shared/graph/index.ts";
import { columnTypeText } from "../types/column-type.ts";
import { bindParameters } from "./bind.ts";

type Params = Readonly<Record<string, unknown>>;

/** A SELECT's columns as it names them, repeated names included, without running it. */
export const resultColumns = async (
  connection: DuckDBConnection,
  sql: string,
  params: Params,
): Promise<readonly Column[]> => {
  const statement = await connection.prepare(sql);
  try {
    if (statement.parameterCount > 0) return await columnsWithParameters(connection, sql, params);
    return Array.from({ length: statement.columnCount }, (_, i) => ({
      name: statement.columnName(i),
      type: columnTypeText(statement.columnType(i)),
    }));
  } finally {
    statement.destroySync();
  }
};

/** A parameter's type may decide a column's, and it has one only when the statement runs. */
const columnsWithParameters = async (
  connection: DuckDBConnection,
  sql: string,
  params: Params,
): Promise<readonly Column[]> => {
  const statement = await connection.prepare(`select * from (\n${sql}\n) limit 0`);
  try {
    bindParameters(statement, params);
    const result = await statement.run();
    const types = result.columnTypes();
    return result.columnNames().map((name, i) => ({ name, type: columnTypeText(types[i]!) }));
  } finally {
    statement.destroySync();
  }
};

/** Repeated names (in any case) numbered as DuckDB does when it makes a table: `id`, `id_1`. */
export const distinctNames = (columns: readonly Column[]): readonly Column[] => {
  const seen = new Set<string>();
  const result = columns.map(({ name, type }) => {
    let distinct = name;
    for (let i = 1; seen.has(distinct.toLowerCase()); i++) distinct = `${name}_${i}`;
    seen.add(distinct.toLowerCase());
    return { name: distinct, type };
  });
  return result.some(({ name }, i) => name !== columns[i]!.name) ? result : columns;
};
