// Rows of a table as the server has them: one COPY a page, exact text, NULL told from an empty text.

import { text } from "node:stream/consumers";

import { to as copyTo } from "pg-copy-streams";
import { z } from "zod";

import { ExecutorExecutionError, ExecutorValidationError } from "../../../../shared/errors/index.ts";
import type { Column } from "../../../../shared/graph/index.ts";
import type { Page } from "../../duckdb/sql-host.ts";
import {
  parseTableName,
  type PostgresClient,
  postgresClient,
  postgresError,
  quoteIdentifier,
  quoteTable,
} from "../../postgres/index.ts";
import type { Materializer } from "../materializer.ts";
import { parseCopyText } from "./copy-text.ts";

/** Longest wait for an exact count; beyond it the number of rows is not known. */
const countMilliseconds = 2000;

const shapeSql = `
  select json_build_object(
    'columns', (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'key', (select json_agg(a.attname order by k.at) from pg_index x
      cross join lateral unnest(x.indkey::int2[]) with ordinality k(attnum, at)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where x.indexrelid = (select indexrelid from pg_index where indrelid = c.oid and indisunique and indisvalid
        and indpred is null and indexprs is null order by indisprimary desc, indexrelid limit 1))) as shape
  from pg_class c where c.oid = to_regclass($1)`;

const shapeSchema = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })).nullable(),
  key: z.array(z.string()).nullable(),
});

/** A page of the table, in the order of its first unique key, else as the rows lie. Throws `target_not_there`. */
export const tablePage: Materializer["page"] = async (options, { offset, limit }, { project, signal }) => {
  const name = parseTableName(options.table ?? "");
  const table = quoteTable(name);
  const connection = await project.connection(options.connection ?? null);
  if (connection.type !== "postgresql") {
    const params = { connection: connection.name, type: connection.type, wanted: "postgresql" };
    throw new ExecutorValidationError("connection_wrong_type", { params });
  }
  await using client = await postgresClient(connection, { applicationName: "headrace:studio", signal });
  await client.query("begin transaction isolation level repeatable read read only");
  const { columns, key } = await shapeOf(client, table, `${name.schema}.${name.table}`);
  const list = columns.map((column) => quoteIdentifier(column.name)).join(", ");
  const order = key === null ? "" : ` order by ${key.map(quoteIdentifier).join(", ")}`;
  const select = `select ${list} from ${table}${order} offset ${Math.trunc(offset)} limit ${Math.trunc(limit)}`;
  const stream = client.query(copyTo(`copy (${select}) to stdout (format text, encoding 'UTF8')`));
  const copied = await text(stream).catch((error: unknown) => {
    throw postgresError(error, connection);
  });
  const page: Page = { columns, rows: parseCopyText(copied), totalRows: await countRows(client, table) };
  return page;
};

const shapeOf = async (
  client: PostgresClient,
  table: string,
  label: string,
): Promise<{ readonly columns: readonly Column[]; readonly key: readonly string[] | null }> => {
  const { rows } = await client.query<{ shape: unknown }>(shapeSql, [table]);
  const shape = rows[0] === undefined ? null : shapeSchema.parse(rows[0].shape);
  if (shape?.columns == null) throw new ExecutorExecutionError("target_not_there", { params: { target: label } });
  return { columns: shape.columns, key: shape.key };
};

/** The exact number of rows, `null` where counting takes too long. */
const countRows = async (client: PostgresClient, table: string): Promise<number | null> => {
  try {
    await client.query(`set local statement_timeout = ${countMilliseconds}`);
    const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`);
    return Number(rows[0]?.n ?? 0);
  } catch {
    return null;
  }
};
