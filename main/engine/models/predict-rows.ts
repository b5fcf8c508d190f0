import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { isKind, type PipelineNode, suggestion, tablesRead } from "../../../shared/graph/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { ExecutionContext, NodeOutput } from "../executors/executor.ts";
import { checkExpressions } from "../executors/training-set.ts";
import type { Project } from "../project/project.ts";
import { checkRepeats, joinedSql, namesOf } from "./join-sql.ts";
import { readModel } from "./read-model.ts";
import { joinGroups, type JoinedRows } from "./read-rows.ts";
import { prepareFunction } from "./run-function.ts";
import { findVersion, versionFolder, type ModelVersion } from "./versions.ts";
import { wrong } from "./wrong.ts";

export type PredictNode = PipelineNode<"predict">;

/** What a prediction's file says. JSON-safe: a plan holds it. */
export interface PredictPlan {
  readonly model: string;
  /** `promoted`, `latest`, an id or a label. */
  readonly version: string;
  /** Packages of the model as its file is now: the version's own are read when it is applied. */
  readonly packages: readonly string[];
  readonly spine: string;
  /** Feature groups joined to the rows; `null` for rows as they are. */
  readonly joins: JoinedRows | null;
  readonly outputColumns: readonly string[];
  readonly threads: number;
}

/** Reads what a prediction's file says. Throws for what it gets wrong. */
export const readPredict = (node: PredictNode, project: Project): PredictPlan => {
  const { config } = node;
  const id = config.model.includes(".") ? config.model : `model.${config.model}`;
  const model = project.nodes.get(id);
  if (model === undefined || !isKind(model, "model")) {
    const models = [...project.nodes.values()].filter(({ kind }) => kind === "model").map((one) => one.id);
    throw wrong(node, "predict_not_a_model", { model: id, suggestion: suggestion(id, models) });
  }
  const [spine, ...others] = tablesRead(node).filter((table) => table !== id);
  if (spine === undefined) throw wrong(node, "predict_input_missing", { model: id });
  const wanted = { spine, others, timestamp: config.timestamp ?? null, key: "timestamp", roles: config.roles };
  return {
    model: id,
    version: String(config.version ?? "promoted"),
    packages: readModel(model, project).packages,
    spine,
    joins: others.length === 0 ? null : joinGroups(node, project, { ...wanted, fullNames: fullNames(model) }),
    outputColumns: config.output_columns ?? [],
    threads: config.resources?.threads ?? 1,
  };
};

/** Features have the names that the model was trained on. */
const fullNames = (model: PipelineNode<"model">): boolean => model.config.labels?.full_names ?? false;

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
