import { renameSync } from "node:fs";
import { join } from "node:path";

import { ExecutorValidationError } from "../../../../shared/errors/index.ts";
import type { SqlBody } from "../../../../shared/graph/index.ts";
import type { Relation } from "../../duckdb/sql-host.ts";
import type { AggregationNode } from "../../windows/index.ts";
import type { ExecutionContext } from "../executor.ts";
import { locateSqlError } from "../locate-sql-error.ts";
import { executePython } from "../python-body.ts";

/** What is aggregated, and the spine that says for whom and when (the same where there is none). */
export interface AggregatedRows {
  readonly events: Relation;
  readonly spine: Relation;
}

/** The tables that a node's SELECTs read as `input_0` and `input_1`. */
export const rowsOf = async (node: AggregationNode, context: ExecutionContext): Promise<AggregatedRows> => {
  const { inputs } = context;
  const { spine: named, source } = node.config;
  const spine = named === undefined ? undefined : inputs.find(({ id }) => id === named.ref);
  const events = await eventsOf(node, context, spine, source);
  if (events === undefined) {
    throw new ExecutorValidationError("aggregation_no_input", {
      node: node.id,
      location: node.location,
      params: { node: node.id },
    });
  }
  return { events, spine: spine ?? inputs.find((input) => input !== events) ?? events };
};

const eventsOf = async (
  node: AggregationNode,
  context: ExecutionContext,
  spine: Relation | undefined,
  source: string | undefined,
): Promise<Relation | undefined> => {
  if (node.body?.language === "sql") return await prepared(node, node.body, context);
  if (node.body?.language === "python") {
    const { file, columns } = await executePython(node, context);
    if (file === null) return undefined;
    // The function's rows must not stand where the node's own table will.
    const rows = rowsFile(context);
    renameSync(file, rows);
    return { id: node.id, file: rows, columns };
  }
  const { inputs } = context;
  if (source !== undefined) return inputs.find(({ id }) => id === source);
  return inputs.find((input) => input !== spine) ?? inputs[0];
};

const rowsFile = ({ scratch }: ExecutionContext): string => join(scratch, "rows.parquet");

/** The rows that the node's own `transform` makes of its inputs. */
const prepared = async (node: AggregationNode, body: SqlBody, context: ExecutionContext): Promise<Relation> => {
  const file = rowsFile(context);
  const all: Record<string, unknown> = {
    ...context.interval,
    ...context.project.settings.vars,
    ...node.config.params,
  };
  const params = Object.fromEntries(body.parameters.map((name) => [name, all[name] ?? null]));
  const job = { node: node.id, sql: body.text, inputs: context.inputs, params };
  const { columns } = await context.duckdb.writeParquet(job, file, context.signal).catch((thrown: unknown) => {
    throw locateSqlError(thrown, body);
  });
  return { id: node.id, file, columns };
};
