import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { ExecutionContext, NodeOutput } from "../executors/executor.ts";
import { checkExpressions } from "../executors/training-set.ts";
import { checkRepeats, joinedSql, namesOf } from "./join-sql.ts";
import type { PredictNode, PredictPlan } from "./read-predict.ts";
import { prepareFunction } from "./run-function.ts";
import { findVersion, versionFolder, type ModelVersion } from "./versions.ts";

/** Applies the version to the rows of the input, in their order. */
export const predictRows = async (
  node: PredictNode,
  plan: PredictPlan,
  context: ExecutionContext,
): Promise<NodeOutput> => {
  const found = findVersion(context.targetPath, plan.model, plan.version);
  const folder = borrow(node, plan, found, context);
  const rows = await rowsOf(node, plan, context);
  const python = await prepareFunction("predict", found.packages, node, context);
  context.progress(`applying ${plan.model} ${found.version}`);
  const output = await python.run(rows.relation, {
    folder,
    version: found.version,
    source: plan.spine,
    row_columns: rows.columns,
    output_columns: plan.outputColumns,
    threads: plan.threads,
  });
  const metadata = { ...output.metadata, model: plan.model, model_version: found.version, target: found.target };
  return { ...output, metadata };
};

/** The version's files, where the process may read them. */
const borrow = (node: PredictNode, plan: PredictPlan, found: ModelVersion, context: ExecutionContext): string => {
  const folder = versionFolder(context.targetPath, plan.model, found.version);
  if (!existsSync(join(folder, "model.skops"))) {
    const params = { model: plan.model, version: found.version };
    throw new ExecutorExecutionError("model_version_gone", { node: node.id, location: node.location, params });
  }
  const copy = join(context.scratch, "version");
  cpSync(folder, copy, { recursive: true });
  return copy;
};

interface Rows {
  readonly relation: Relation;
  /** Columns of the input itself. */
  readonly columns: readonly string[];
}

const rowsOf = async (node: PredictNode, plan: PredictPlan, context: ExecutionContext): Promise<Rows> => {
  const inputs = context.inputs.filter(({ id }) => id !== plan.model);
  const spine = inputs.find(({ id }) => id === plan.spine);
  if (spine === undefined) throw new Error(`${plan.spine} is not among the inputs`);
  const columns = namesOf(spine.columns);
  if (plan.joins === null) return { relation: spine, columns };
  const { duckdb, signal } = context;
  if (plan.joins.set !== null) await checkExpressions(plan.joins.set, context);
  const { sql } = joinedSql(node, plan.joins, inputs, "timestamp");
  await checkRepeats(node, plan.joins, inputs, duckdb, signal);
  const file = join(context.scratch, "rows.parquet");
  const written = await duckdb.writeParquet({ node: node.id, sql, inputs, params: {}, durable: false }, file, signal);
  return { relation: { id: node.id, file, columns: written.columns }, columns };
};
