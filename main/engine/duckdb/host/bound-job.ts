import type { DuckDBConnection } from "@duckdb/node-api";

import { CancelledError, HeadraceError } from "../../../../shared/errors/index.ts";
import type { Column } from "../../../../shared/graph/index.ts";
import type { QueryJob, Relation } from "../sql-host.ts";
import type { Analysis } from "../sql/analyze.ts";
import { inlineInputs } from "../sql/inline-inputs.ts";
import { lineAndColumn } from "../sql/line-and-column.ts";
import { replaceRefCalls } from "../sql/ref-calls.ts";
import type { Rewritten } from "../sql/rewrite.ts";
import { MissingParameterError, parameterKey } from "./bind.ts";
import { checkJob, isPositional } from "./check-job.ts";
import { readReport, sqlFailed } from "./duckdb-error.ts";
import { resultColumns } from "./result-columns.ts";
import { readRelation, relationName } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** A job's SELECT, checked, bound and ready to run. */
export interface BoundJob {
  readonly job: QueryJob;
  readonly connection: DuckDBConnection;
  /** The SELECT that runs. */
  readonly select: string;
  readonly columns: readonly Column[];
  /** Only the values that the text names. */
  readonly params: Readonly<Record<string, unknown>>;
  /** For `SELECT * FROM one_table`: that table. */
  readonly wholeTable: Relation | null;
  /** From an offset in `select` to one in the person's text; `null` when it has no counterpart. */
  readonly originalOffset: (offset: number) => number | null;
}

/** Binds a job's SQL to its inputs. `owned` is told of a connection that only this job uses. */
export const bindJob = async (
  workspace: Workspace,
  job: QueryJob,
  analysis: Analysis,
  signal: AbortSignal,
  owned: (connection: DuckDBConnection) => void,
): Promise<BoundJob> => {
  const relations = checkJob(job, analysis);
  const inlined = inlineInputs(job.sql, analysis.references, (name) => readRelation(relations.get(name)!));
  if (inlined !== null) {
    const connections = { run: workspace.runner, look: workspace.binder };
    const bound = await bindText(job, analysis, relations, inlined, connections, signal).catch(() => null);
    if (bound !== null) return bound;
    // Not everything can be said of a subquery (`kind.name.column`), and errors should speak of the tables.
  }
  return await bindOverViews(workspace, job, analysis, relations, signal, owned);
};

const bindOverViews = async (
  workspace: Workspace,
  job: QueryJob,
  analysis: Analysis,
  relations: ReadonlyMap<string, Relation>,
  signal: AbortSignal,
  owned: (connection: DuckDBConnection) => void,
): Promise<BoundJob> => {
  for (const relation of new Set(relations.values())) {
    await workspace.views.ensure(workspace.binder, relation).catch((thrown: unknown) => {
      throw unreadable(job, relation, thrown, signal);
    });
  }
  const positional = new Map(
    [...relations].filter(([name]) => isPositional(name)).map(([name, r]) => [name.toLowerCase(), r]),
  );
  let connections = { run: workspace.runner, look: workspace.binder };
  if (positional.size > 0) {
    const own = await workspace.instance.connect();
    owned(own);
    for (const [name, relation] of positional) {
      await own.run(`create temp view "${name}" as from ${relationName(relation)}`);
    }
    connections = { run: own, look: own };
  }
  return await bindText(job, analysis, relations, replaceRefCalls(job.sql), connections, signal);
};

const unreadable = (job: QueryJob, relation: Relation, thrown: unknown, signal: AbortSignal): unknown => {
  if (signal.aborted) return new CancelledError();
  const detail = readReport(thrown)?.message ?? String(thrown);
  const params = { node: job.node, input: relation.id, detail };
  return new HeadraceError("sql_input_unreadable", { node: job.node, params }, { cause: thrown });
};

const showsBefore = "select * from (\n";

const bindText = async (
  job: QueryJob,
  analysis: Analysis,
  relations: ReadonlyMap<string, Relation>,
  sql: Rewritten,
  connections: { readonly run: DuckDBConnection; readonly look: DuckDBConnection },
  signal: AbortSignal,
): Promise<BoundJob> => {
  const select = analysis.shows ? `${showsBefore}${sql.text}\n)` : sql.text;
  const start = analysis.shows ? showsBefore.length : 0;
  const originalOffset = (offset: number): number | null =>
    offset < start || offset > start + sql.text.length ? null : sql.originalOffset(offset - start);
  const params = parametersOf(job, analysis);
  const connection = analysis.parameters.length > 0 ? connections.run : connections.look;
  try {
    const columns = await resultColumns(connection, select, params);
    const wholeTable = (analysis.wholeTable && [...relations.values()][0]) || null;
    return { job, connection: connections.run, select, columns, params, wholeTable, originalOffset };
  } catch (thrown) {
    throw failureOf(thrown, job, { ran: select, originalOffset }, signal);
  }
};

const parametersOf = (job: QueryJob, analysis: Analysis): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    analysis.parameters.flatMap((name) => {
      const key = parameterKey(job.params, name);
      return key === null ? [] : [[name, job.params[key]]];
    }),
  );

/** What a failure of a job's SQL means to the person who wrote it. */
export const failureOf = (
  thrown: unknown,
  job: QueryJob,
  text: { readonly ran: string; readonly originalOffset: (offset: number) => number | null },
  signal: AbortSignal,
): unknown => {
  if (thrown instanceof MissingParameterError) return missingParameter(job, thrown.parameter);
  return sqlFailed(thrown, { node: job.node, original: job.sql, ...text }, signal);
};

const missingParameter = (job: QueryJob, parameter: string): HeadraceError => {
  const offset = job.sql.indexOf(`$${parameter}`);
  return new HeadraceError("sql_parameter_missing", {
    node: job.node,
    params: { node: job.node, parameter, ...lineAndColumn(job.sql, offset === -1 ? null : offset) },
  });
};
