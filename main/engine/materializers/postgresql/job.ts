// One write to one PostgreSQL table: everything that is known before a connection is opened.

import { randomUUID } from "node:crypto";

import { ExecutorValidationError } from "../../../../shared/errors/index.ts";
import type { Materialization } from "../../../../shared/graph/index.ts";
import type { ConnectorStep, Page } from "../../duckdb/sql-host.ts";
import { parseTableName, quoteTable, type TableName } from "../../postgres/index.ts";
import type { PostgresConnection } from "../../project/project.ts";
import type { MaterializationContext, MaterializationSource } from "../materializer.ts";
import { type StageColumn, stageColumns } from "./column-types.ts";

export interface WriteJob {
  readonly source: MaterializationSource;
  readonly options: Materialization;
  readonly context: MaterializationContext;
  readonly connection: PostgresConnection;
  readonly target: TableName;
  /** The target in quotes, ready for SQL. */
  readonly table: string;
  /** The target as people write it, for messages. */
  readonly label: string;
  readonly columns: readonly StageColumn[];
  readonly keys: readonly StageColumn[];
  readonly time: StageColumn | null;
  readonly onSchemaChange: "fail" | "add_columns" | "sync";
  /** Names this write in the ledger, so that one whose COMMIT got no answer is not repeated. */
  readonly writeId: string;
  readonly applicationName: string;
}

/** The relation's column that an option names; DuckDB's names do not depend on case. */
const findColumn = (columns: readonly StageColumn[], name: string): StageColumn | undefined =>
  columns.find((column) => column.name === name) ??
  columns.find((column) => column.name.toLowerCase() === name.toLowerCase());

const named = (columns: readonly StageColumn[], name: string, option: string, node: string): StageColumn => {
  const column = findColumn(columns, name);
  if (column !== undefined) return column;
  const known = columns.map((each) => each.name);
  throw new ExecutorValidationError("target_column_missing", { node, params: { node, option, column: name, known } });
};

/** The key and time columns that the options name. Throws `target_column_missing` and `time_column_type`. */
export const roleColumns = (
  options: Materialization,
  columns: readonly StageColumn[],
  node: string,
): { readonly keys: readonly StageColumn[]; readonly time: StageColumn | null } => {
  const keys = (options.unique_keys ?? []).map((name) => named(columns, name, "unique_keys", node));
  const time = options.time_column === undefined ? null : named(columns, options.time_column, "time_column", node);
  if (time !== null && !/^(date|timestamp with(out)? time zone)$/.test(time.type)) {
    throw new ExecutorValidationError("time_column_type", {
      node,
      params: { node, column: time.name, type: time.from },
    });
  }
  return { keys: [...new Set(keys)], time };
};

/** Resolves connection, columns and names. Throws before anything is touched. */
export const prepareJob = async (
  source: MaterializationSource,
  options: Materialization,
  context: MaterializationContext,
): Promise<WriteJob> => {
  const target = parseTableName(options.table ?? "");
  const columns = stageColumns(source.node, source.columns);
  const connection = await context.project.connection(options.connection ?? null);
  if (connection.type !== "postgresql") {
    throw new ExecutorValidationError("connection_wrong_type", {
      node: source.node,
      params: { connection: connection.name, type: connection.type, wanted: "postgresql" },
    });
  }
  return {
    source,
    options,
    context,
    connection,
    target,
    table: quoteTable(target),
    label: `${target.schema}.${target.table}`,
    columns,
    ...roleColumns(options, columns, source.node),
    onSchemaChange: options.on_schema_change ?? (options.mode === "full" ? "sync" : "fail"),
    writeId: randomUUID(),
    applicationName: `headrace:${source.runId}/${source.node}`,
  };
};

/** Runs generated DuckDB statements over the node's parquet and returns the last one's rows. */
export const askDuckdb = async (job: WriteJob, steps: readonly ConnectorStep[]): Promise<Page> => {
  const { connectors, signal } = job.context;
  const all = [{ sql: "SET TimeZone = 'UTC'" }, ...steps];
  return (await connectors.run({ node: job.source.node, steps: all }, signal)).page;
};
