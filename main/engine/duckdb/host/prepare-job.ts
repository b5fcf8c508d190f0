import type { DuckDBConnection } from "@duckdb/node-api";

import { HeadraceError } from "../../../../shared/errors/index.ts";
import type { QueryJob, Relation } from "../sql-host.ts";
import { type Analysis, analyzeStatement } from "../sql/analyze.ts";
import { replaceRefCalls, type Rewritten } from "../sql/ref-calls.ts";
import { lineAndColumn } from "../sql/line-and-column.ts";
import { relationName, type RelationViews } from "./views.ts";

/** A job's SQL, checked and ready to run on its connection. */
export interface PreparedJob {
  readonly job: QueryJob;
  readonly sql: Rewritten;
  readonly analysis: Analysis;
}

/** Reads the syntax trees of texts. */
export const serializeStatements = async (
  connection: DuckDBConnection,
  texts: readonly string[],
): Promise<readonly string[]> => {
  const serialized: string[] = [];
  const statement = await connection.prepare("select json_serialize_sql($1::varchar)");
  try {
    for (const text of texts) {
      statement.bindVarchar(1, text);
      const rows = await (await statement.run()).getRows();
      serialized.push(String(rows[0]?.[0]));
    }
  } finally {
    statement.destroySync();
  }
  return serialized;
};

/** Refuses what is not one SELECT over the job's own inputs, and makes the views it needs. */
export const prepareJob = async (
  connection: DuckDBConnection,
  views: RelationViews,
  job: QueryJob,
): Promise<PreparedJob> => {
  const [json = ""] = await serializeStatements(connection, [job.sql]);
  const analysis = analyzeStatement(job.sql, json);
  if (analysis.error) throw refusal(job, analysis.error.code, analysis.error.detail, analysis.error.offset);
  const outside = analysis.refused[0];
  if (outside) throw refusal(job, "sql_reaches_outside", outside.what, outside.offset);
  await connectInputs(connection, views, job, analysis);
  return { job, sql: replaceRefCalls(job.sql), analysis };
};

const connectInputs = async (
  connection: DuckDBConnection,
  views: RelationViews,
  job: QueryJob,
  analysis: Analysis,
): Promise<void> => {
  const aliases = new Map<string, Relation>();
  for (const { name, offset } of analysis.references) {
    const relation = inputNamed(job, name);
    if (relation === undefined) throw unknownTable(job, name, offset);
    await views.ensure(connection, relation);
    if (!name.includes(".")) aliases.set(name.toLowerCase(), relation);
  }
  for (const [name, relation] of aliases) {
    await connection.run(`create temp view "${name}" as from ${relationName(relation)}`);
  }
};

const inputNamed = (job: QueryJob, written: string): Relation | undefined => {
  const name = written.toLowerCase();
  if (name === "__this__" || name === "source") return job.inputs[0];
  const position = /^input_(\d+)$/.exec(name)?.[1];
  if (position !== undefined) return job.inputs[Number(position)];
  return job.inputs.find(({ id }) => id.toLowerCase() === name);
};

const unknownTable = (job: QueryJob, name: string, offset: number | null): HeadraceError => {
  const inputs = job.inputs.map(({ id }) => id);
  const known = inputs.length === 0 ? "it has no inputs" : `its inputs are ${inputs.join(", ")}`;
  return new HeadraceError("sql_unknown_table", {
    node: job.node,
    params: { node: job.node, table: name, known, inputs, ...lineAndColumn(job.sql, offset) },
  });
};

const refusal = (
  job: QueryJob,
  code: "sql_not_select" | "sql_syntax" | "sql_unlistable" | "sql_reaches_outside",
  detail: string,
  offset: number | null,
): HeadraceError =>
  new HeadraceError(code, {
    node: job.node,
    params: { node: job.node, detail, found: detail, ...lineAndColumn(job.sql, offset) },
  });
