import type { StatementSync } from "node:sqlite";

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { suggestion } from "../../../../shared/graph/nearest.ts";
import { quoted } from "../../duckdb/sql/identifiers.ts";
import type { SourcePlan } from "../connector.ts";
import type { SourceFile } from "../files.ts";
import type { SqliteDatabase } from "./open-sqlite.ts";

/** The SELECT over the plan's table or query. Throws `source_table_missing` with the nearest name. */
export const sqliteStatement = (plan: SourcePlan, file: SourceFile, database: SqliteDatabase): StatementSync => {
  if (plan.query !== null) return database.prepare(plan.query);
  const table = (plan.table ?? "").replace(/^main\./, "");
  const tables = database.tables();
  if (!tables.some((name) => name.toLowerCase() === table.toLowerCase())) {
    const params = { table, where: file.name, suggestion: suggestion(table, tables) };
    throw new ExecutorExecutionError("source_table_missing", { node: plan.node, params });
  }
  return database.prepare(`select * from ${quoted(table)}`);
};
