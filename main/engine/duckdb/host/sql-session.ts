import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

import { CancelledError, HeadraceError } from "../../../../shared/errors/index.ts";
import type { Column } from "../../../../shared/graph/index.ts";
import type { Page, QueryJob, WrittenParquet } from "../sql-host.ts";
import { lineAndColumn } from "../sql/line-and-column.ts";
import { MissingParameterError } from "./bind.ts";
import { type RanText, sqlFailed } from "./duckdb-error.ts";
import { explainOverflow } from "./explain-overflow.ts";
import { readPage } from "./page.ts";
import { type PreparedJob, prepareJob } from "./prepare-job.ts";
import { distinctNames, resultColumns } from "./result-columns.ts";
import type { RelationViews } from "./views.ts";
import { copyStatement, removeTemporary, temporaryFor, writeParquet } from "./write-parquet.ts";

/** One job on a connection of its own. */
export class SqlSession {
  readonly #connection: DuckDBConnection;
  readonly #prepared: PreparedJob;
  readonly #signal: AbortSignal;

  private constructor(connection: DuckDBConnection, prepared: PreparedJob, signal: AbortSignal) {
    this.#connection = connection;
    this.#prepared = prepared;
    this.#signal = signal;
  }

  /** Checks a job's SQL, connects its inputs and runs `use` on it. */
  static async run<T>(
    instance: DuckDBInstance,
    views: RelationViews,
    job: QueryJob,
    signal: AbortSignal,
    use: (session: SqlSession) => Promise<T>,
  ): Promise<T> {
    const connection = await instance.connect();
    const interrupt = () => connection.interrupt();
    signal.addEventListener("abort", interrupt);
    try {
      if (signal.aborted) throw new CancelledError();
      const prepared = await prepareJob(connection, views, job);
      return await use(new SqlSession(connection, prepared, signal));
    } finally {
      signal.removeEventListener("abort", interrupt);
      connection.closeSync();
    }
  }

  /** The columns of the result as a relation has them. */
  async columns(): Promise<readonly Column[]> {
    return distinctNames(await this.#resultColumns());
  }

  async write(output: string): Promise<Omit<WrittenParquet, "memoryMb" | "cpuSeconds">> {
    const { job } = this.#prepared;
    const columns = await this.#resultColumns();
    const temporary = temporaryFor(output);
    const request = { sql: this.#select, columns, params: this.#params, output };
    const copy = copyStatement(request, temporary);
    try {
      return await this.#guard(copy.text, copy.selectStart, () =>
        writeParquet(this.#connection, copy, request, temporary),
      );
    } catch (thrown) {
      removeTemporary(temporary);
      throw await explainOverflow(this.#connection, thrown, { ...request, node: job.node });
    }
  }

  async page(range: { readonly offset: number; readonly limit: number }): Promise<Page> {
    const columns = await this.#resultColumns();
    return await this.#guard(this.#select, 0, () =>
      readPage(this.#connection, { sql: this.#select, columns, params: this.#params, range }),
    );
  }

  get #select(): string {
    const { analysis, sql } = this.#prepared;
    return analysis.shows ? `select * from (\n${sql.text}\n)` : sql.text;
  }

  /** Only the values that the text names. */
  get #params(): Readonly<Record<string, unknown>> {
    const { analysis, job } = this.#prepared;
    return Object.fromEntries(
      analysis.parameters.filter((name) => Object.hasOwn(job.params, name)).map((name) => [name, job.params[name]]),
    );
  }

  #resultColumns(): Promise<readonly Column[]> {
    const text = this.#select;
    return this.#guard(text, 0, () => resultColumns(this.#connection, text, this.#params));
  }

  /** Runs `work`, whose text holds the job's SELECT at `selectStart`, and speaks of failures in the person's text. */
  async #guard<T>(ran: string, selectStart: number, work: () => Promise<T>): Promise<T> {
    const { job, sql, analysis } = this.#prepared;
    const start = selectStart + (analysis.shows ? "select * from (\n".length : 0);
    const text: RanText = {
      node: job.node,
      original: job.sql,
      ran,
      originalOffset: (offset) =>
        offset < start || offset > start + sql.text.length ? null : sql.originalOffset(offset - start),
    };
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof MissingParameterError) throw missingParameter(job, thrown.parameter);
      throw sqlFailed(thrown, text, this.#signal);
    }
  }
}

const missingParameter = (job: QueryJob, parameter: string): HeadraceError => {
  const offset = job.sql.indexOf(`$${parameter}`);
  return new HeadraceError("sql_parameter_missing", {
    node: job.node,
    params: { node: job.node, parameter, ...lineAndColumn(job.sql, offset === -1 ? null : offset) },
  });
};
