// PostgreSQL tables and queries, read in one READ ONLY transaction by COPY; every type arrives exactly or not at all.

import { join } from "node:path";

import { ExecutorExecutionError, ExecutorValidationError, type HeadraceError } from "../../../shared/errors/index.ts";
import type { InputsProbe } from "../executors/executor.ts";
import { describeConnection, type PostgresClient, postgresClient, sqlstateOf } from "../postgres/index.ts";
import type { PostgresConnection, Project } from "../project/project.ts";
import type { Connector, ReadContext, SourcePlan } from "./connector.ts";
import { matchColumns } from "./declared-columns.ts";
import { columnMapping, type ColumnMapping, declaredMapping } from "./postgresql/column-mapping.ts";
import { copyOut } from "./postgresql/copy-out.ts";
import { alone, boundQuery, describeSource, explainQuery } from "./postgresql/statement.ts";
import type { PostgresColumn } from "./postgresql/type-catalogue.ts";
import { rowsColumn, rowsRelation } from "./rows-file.ts";
import { isoFormats } from "./strict-cast.ts";
import type { TextColumn } from "./typed-select.ts";
import { watermarkState } from "./watermark.ts";
import { writeTyped } from "./write-typed.ts";

const connectionOf = async (plan: SourcePlan, project: Project): Promise<PostgresConnection> => {
  const connection = await project.connection(plan.connection);
  if (connection.type === "postgresql") return connection;
  const params = { node: plan.node, wanted: "PostgreSQL", connection: connection.name, found: "SQLite" };
  throw new ExecutorValidationError("source_connection_wrong", { node: plan.node, params });
};

const where = (plan: SourcePlan, connection: PostgresConnection): string =>
  plan.table === null ? `the query of ${plan.node}` : `${plan.table} in ${describeConnection(connection)}`;

interface SnapshotOptions {
  readonly applicationName: string;
  readonly signal: AbortSignal;
  readonly watermark?: boolean;
  /** For each statement, waiting for locks included; `null` for no limit of ours. */
  readonly seconds?: number | null;
}

/** Opens a READ ONLY transaction that sees one state of the database, and explains what fails in it. */
const inSnapshot = async <T>(
  plan: SourcePlan,
  connection: PostgresConnection,
  options: SnapshotOptions,
  work: (client: PostgresClient) => Promise<T>,
): Promise<T> => {
  await using client = await postgresClient(connection, options);
  await client.query("begin transaction isolation level repeatable read read only");
  const { seconds = null } = options;
  try {
    if (seconds !== null) await client.query(`set local statement_timeout = ${seconds * 1000}`);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    const isSlow = !options.signal.aborted && sqlstateOf(error) === statementTimeout;
    if (seconds !== null && isSlow) throw tooSlow(plan, connection, seconds, error);
    const explained = await explainQuery(plan, client, describeConnection(connection), error, options.watermark);
    await client.query("rollback").catch(() => undefined);
    throw explained;
  }
};

/** SQLSTATE of a statement that was ended: by its timeout, where nobody asked for it. */
const statementTimeout = "57014";

const tooSlow = (plan: SourcePlan, connection: PostgresConnection, seconds: number, cause: unknown): HeadraceError => {
  const params = { node: plan.node, table: plan.table ?? "the query", where: describeConnection(connection), seconds };
  return new ExecutorExecutionError("source_head_slow", { node: plan.node, params }, { cause });
};

interface Chosen {
  readonly name: string;
  readonly mapping: ColumnMapping;
  readonly from: number;
}

const checkNames = (plan: SourcePlan, place: string, columns: readonly PostgresColumn[]): void => {
  const names = columns.map(({ name }) => name.toLowerCase());
  const twice = columns.find(({ name }, i) => names.indexOf(name.toLowerCase()) < i);
  if (twice === undefined && columns.length > 0) return;
  const params = { node: plan.node, where: place, detail: `two of its columns are called ${twice?.name}` };
  const code = twice === undefined ? "source_no_columns" : "source_query_failed";
  throw new ExecutorExecutionError(code, { node: plan.node, params });
};

const choose = (plan: SourcePlan, place: string, columns: readonly PostgresColumn[]): readonly Chosen[] => {
  checkNames(plan, place, columns);
  const matched = matchColumns(
    plan,
    place,
    columns.map(({ name }) => name),
  );
  return matched.flatMap(({ name, type, from }) => {
    const column = columns[from];
    if (column === undefined) return [];
    const mapping = columnMapping(column.type);
    return [{ name, from, mapping: type === null ? mapping : declaredMapping(mapping, type) }];
  });
};

const copyRows = (plan: SourcePlan, connection: PostgresConnection, file: string, context: ReadContext) =>
  inSnapshot(
    plan,
    connection,
    {
      applicationName: `headrace:${context.runId}/${plan.node}`,
      signal: context.signal,
      seconds: context.head?.seconds ?? null,
    },
    async (client) => {
      const { columns, from } = await describeSource(plan, client);
      const chosen = choose(plan, where(plan, connection), columns);
      const limit = context.head === undefined ? "" : ` limit ${context.head.rows}`;
      const select = `select ${chosen.map(({ mapping, from: at }) => mapping.send(`"c${at}"`)).join(", ")} from ${from}${limit}`;
      return { chosen, ...(await copyOut(client, connection, select, file, context.signal)) };
    },
  );

const read: Connector["read"] = async (plan, output, context) => {
  const connection = await connectionOf(plan, context.project);
  const file = join(context.scratch, "rows.csv");
  const { chosen, rows, longest } = await copyRows(plan, connection, file, context);
  const relation = rowsRelation(file, chosen.length, longest);
  const columns = chosen.map(({ name, mapping }, i): TextColumn => ({
    name,
    text: rowsColumn(i),
    type: mapping.type,
    emptyIsNull: false,
    cast: mapping.cast,
  }));
  const name = where(plan, connection);
  const parts = [{ name, relation, place: async (row: number) => `row ${row}` }];
  const written = await writeTyped(plan, output, context, { columns, relation, formats: isoFormats, parts });
  if (written.rows !== rows) {
    const params = { path: name, found: written.rows, expected: rows };
    throw new ExecutorExecutionError("source_rows_differ", { node: plan.node, params });
  }
  const asText = chosen.filter(({ mapping }) => mapping.asText).map((column) => column.name);
  return {
    ...written,
    warnings: [],
    modified: null,
    metadata: { connection: connection.name, arrived_as_text: asText },
    isAll: rows < (context.head?.rows ?? Infinity),
  };
};

const watermark = async (plan: SourcePlan, query: string, probe: InputsProbe) => {
  const connection = await connectionOf(plan, probe.project);
  const options = { applicationName: `headrace:watermark/${plan.node}`, signal: probe.signal, watermark: true };
  return inSnapshot(plan, connection, options, async (client) => {
    const text = `select w::text from (${boundQuery(query, {})}) as w limit 100`;
    const { rows } = await client.query<{ w: string | null }>(alone(text));
    return watermarkState(
      plan.table ?? "query",
      rows.map(({ w }) => [w]),
    );
  });
};

/** `source: postgresql`. */
export const postgresqlConnector: Connector = {
  options: [],
  check: (plan) => plan.options,
  async inputsState(plan, probe) {
    if (plan.watermark === null) return null;
    return probe.reach === "files" ? "unasked" : watermark(plan, plan.watermark, probe);
  },
  read,
};
