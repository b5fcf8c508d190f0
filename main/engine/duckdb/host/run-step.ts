import { type DuckDBConnection, StatementType } from "@duckdb/node-api";

import type { ConnectorStep, Page } from "../sql-host.ts";
import { columnTypeText } from "../types/column-type.ts";
import { bindParameters } from "./bind.ts";
import { readPage } from "./page.ts";
import { resultColumns } from "./result-columns.ts";

/** Runs one step; its rows are read only when somebody wants them. */
export const runStep = async (connection: DuckDBConnection, step: ConnectorStep, wanted: boolean): Promise<Page> => {
  const params = step.params ?? {};
  const statement = await connection.prepare(step.sql);
  try {
    if (wanted && statement.statementType === StatementType.SELECT) {
      const columns = await resultColumns(connection, step.sql, params);
      return await readPage(connection, { sql: step.sql, columns, params, range: null });
    }
    bindParameters(statement, params);
    const result = await statement.run();
    const types = result.columnTypes();
    const columns = result.columnNames().map((name, i) => ({ name, type: columnTypeText(types[i]!) }));
    const rows = (await result.getRows()).map((row) => row.map((value) => (value === null ? null : String(value))));
    return { columns, rows, totalRows: rows.length };
  } finally {
    statement.destroySync();
  }
};
