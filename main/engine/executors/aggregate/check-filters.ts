import { ExecutorExecutionError, HeadraceError } from "../../../../shared/errors/index.ts";
import type { Relation } from "../../duckdb/sql-host.ts";
import type { AggregationNode } from "../../windows/index.ts";
import type { ExecutionContext } from "../executor.ts";

/** Throws for a condition that is none, that names what is not there, or that depends on the clock. */
export const checkFilters = async (
  node: AggregationNode,
  filters: readonly string[],
  events: Relation,
  params: Readonly<Record<string, unknown>>,
  { duckdb, signal }: ExecutionContext,
): Promise<void> => {
  if (filters.length === 0) return;
  const statements = filters.map((filter) => `select 1 from input_0 where (${filter}\n)`);
  const analyses = await duckdb.analyze(statements);
  for (const [index, filter] of filters.entries()) {
    const { error, volatile, references } = analyses[index] ?? { error: null, volatile: [], references: [] };
    if (error !== null) throw invalidFilter(node, filter, error.detail, events);
    if (references.length > 1) throw invalidFilter(node, filter, "it reads another table", events);
    if (volatile.length > 0) {
      throw new ExecutorExecutionError("aggregation_filter_volatile", {
        node: node.id,
        location: node.location,
        params: { node: node.id, filter, functions: volatile },
      });
    }
    const job = { node: node.id, sql: statements[index] ?? "", inputs: [events], params };
    await duckdb.describe(job, signal).catch((thrown: unknown) => {
      if (!(thrown instanceof HeadraceError) || thrown.code !== "sql_failed") throw thrown;
      throw invalidFilter(node, filter, String(thrown.params["detail"] ?? thrown.message), events);
    });
  }
};

const invalidFilter = (
  node: AggregationNode,
  filter: string,
  detail: string,
  { id, columns }: Relation,
): ExecutorExecutionError =>
  new ExecutorExecutionError("aggregation_filter_invalid", {
    node: node.id,
    location: node.location,
    params: { node: node.id, filter, detail, input: id, columns: columns.map(({ name }) => name) },
  });
