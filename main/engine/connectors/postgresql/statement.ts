// The SELECT that a source runs on the server: never anything else, whatever the node's file says.

import { escapeLiteral, type QueryConfig } from "pg";

import {
  ExecutorExecutionError,
  ExecutorValidationError,
  HeadraceError,
  type ErrorCode,
} from "../../../../shared/errors/index.ts";
import { suggestion } from "../../../../shared/graph/nearest.ts";
import { parseTableName, type PostgresClient, quoteIdentifier, quoteTable, sqlstateOf } from "../../postgres/index.ts";
import type { SourcePlan } from "../connector.ts";
import { replaceParameters } from "../query-parameters.ts";
import { describeFields, type PostgresColumn } from "./type-catalogue.ts";

/** A value as SQL text; PostgreSQL finds its type from where it stands. */
const literalOf = (value: unknown): string => {
  if (value === null) return "null";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  return escapeLiteral(typeof value === "string" ? value : JSON.stringify(value));
};

/** A person's query with its parameters written in, ready to stand in parentheses. */
export const boundQuery = (query: string, parameters: Readonly<Record<string, unknown>>): string =>
  `\n${replaceParameters(query.trim().replace(/;\s*$/, ""), (name) => literalOf(parameters[name] ?? null))}\n`;

/** What the plan reads, as one FROM item. */
const fromItem = (plan: SourcePlan): string => {
  if (plan.query !== null) return `(${boundQuery(plan.query, plan.parameters)})`;
  return quoteTable(parseTableName(plan.table ?? ""));
};

const failed = (
  plan: SourcePlan,
  code: ErrorCode,
  error: HeadraceError,
  where: string,
  next?: string,
): HeadraceError => {
  const detail = error.cause instanceof Error ? error.cause.message : error.message;
  const params = { node: plan.node, where, detail };
  const details = { node: plan.node, params, ...(next === undefined ? {} : { next }) };
  return code === "source_query_not_select"
    ? new ExecutorValidationError(code, details, { cause: error })
    : new ExecutorExecutionError(code, details, { cause: error });
};

const missingTable = async (plan: SourcePlan, client: PostgresClient, where: string): Promise<HeadraceError> => {
  await client.query("rollback");
  const { rows } = await client.query<{ name: string }>(
    "select table_schema || '.' || table_name as name from information_schema.tables " +
      "where table_schema not in ('pg_catalog', 'information_schema') order by 1 limit 500",
  );
  const table = plan.table ?? "";
  const params = {
    table,
    where,
    suggestion: suggestion(
      table,
      rows.map(({ name }) => name),
    ),
  };
  return new ExecutorExecutionError("source_table_missing", { node: plan.node, params });
};

/** SQLSTATEs of a statement that is refused for what it is, not for what it reads. */
const notSelect = /^(42601|25006|0A000|42P10)$/;

/** Turns an error of the person's own query into one that says so; connection errors stay. */
export const explainQuery = async (
  plan: SourcePlan,
  client: PostgresClient,
  where: string,
  error: unknown,
  asWatermark = false,
): Promise<unknown> => {
  if (!(error instanceof HeadraceError) || error.code !== "postgres_failed") return error;
  const state = sqlstateOf(error);
  if (asWatermark) return failed(plan, "source_watermark_failed", error, where);
  if (/^(42P01|3F000)$/.test(state) && plan.query === null) return missingTable(plan, client, where);
  return failed(plan, notSelect.test(state) ? "source_query_not_select" : "source_query_failed", error, where);
};

/** A statement sent by the extended protocol, in which a second one behind it is an error. */
export const alone = (text: string): QueryConfig & { readonly queryMode: "extended" } => ({
  text,
  queryMode: "extended",
});

export interface Described {
  readonly columns: readonly PostgresColumn[];
  /** `FROM` item with columns called `c0`, `c1`, … */
  readonly from: string;
}

/**
 * Has the server parse the SELECT alone, by the protocol that takes one statement only, and tells its columns.
 * What passes here can be put into COPY (…) without becoming anything else.
 */
export const describeSource = async (plan: SourcePlan, client: PostgresClient): Promise<Described> => {
  const item = fromItem(plan);
  const result = await client.query(alone(`select * from ${item} as headrace_source limit 0`));
  const columns = await describeFields(client, result.fields);
  const names = columns.map((_, i) => quoteIdentifier(`c${i}`));
  return { columns, from: `${item} as headrace_source(${names.join(", ")})` };
};
