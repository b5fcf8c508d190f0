import { ExecutorExecutionError, ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { PipelineNode, SqlBody } from "../../../shared/graph/index.ts";
import { readTrainingSet, type TrainingSet } from "../features/index.ts";
import type { Project } from "../project/project.ts";
import { defineExecutor, type ExecutionContext, type NodeOutput, type RunInterval } from "./executor.ts";
import { locateSqlError } from "./locate-sql-error.ts";
import { executePython } from "./python-body.ts";
import { executeTrainingSet } from "./training-set.ts";

/** Values bound as `$name`; the interval's three names are bound when the node runs. */
interface TransformPlan {
  readonly variables: Readonly<Record<string, unknown>>;
  /** Features to join point in time, in place of a body. */
  readonly trainingSet?: TrainingSet;
}

const intervalNames: ReadonlySet<string> = new Set<keyof RunInterval>(["date", "start", "end"]);

const variablesOf = (node: PipelineNode<"transform">, project: Project): TransformPlan["variables"] => {
  if (node.body?.language !== "sql") return {};
  const names = node.body.parameters.filter((name) => !intervalNames.has(name) && !(name in node.config.params));
  return Object.fromEntries(names.map((name) => [name, project.settings.vars[name]]));
};

const validate = (node: PipelineNode<"transform">, project: Project): void => {
  const details = { node: node.id, location: node.location };
  if (project.settings.engine.type === "spark") {
    throw new ExecutorExecutionError("engine_not_available", {
      ...details,
      params: { node: node.id, what: "the Spark engine" },
    });
  }
  if (node.body?.language !== "sql") return;
  const missing = Object.entries(variablesOf(node, project)).find(([, value]) => value === undefined)?.[0];
  if (missing === undefined) return;
  throw new ExecutorValidationError("parameter_missing", {
    node: node.id,
    location: node.body.location,
    params: { node: node.id, parameter: missing },
  });
};

const bindings = (
  node: PipelineNode<"transform">,
  plan: TransformPlan,
  context: ExecutionContext,
): Record<string, unknown> => {
  if (node.body?.language !== "sql") return {};
  const all: Record<string, unknown> = { ...context.interval, ...plan.variables, ...node.config.params };
  return Object.fromEntries(node.body.parameters.map((name) => [name, all[name] ?? null]));
};

const runSql = async (
  node: PipelineNode<"transform">,
  body: SqlBody,
  plan: TransformPlan,
  context: ExecutionContext,
): Promise<NodeOutput> => {
  const file = context.output;
  const { memory, threads } = node.config.resources ?? {};
  const job = {
    node: node.id,
    sql: body.text,
    inputs: context.inputs,
    params: bindings(node, plan, context),
    durable: false,
    limits: memory === undefined && threads === undefined ? undefined : { memory, threads },
  };
  const written = await context.duckdb.writeParquet(job, file, context.signal).catch((thrown: unknown) => {
    throw locateSqlError(thrown, body);
  });
  return {
    file,
    rows: written.rows,
    columns: written.columns,
    hash: written.hash,
    metrics: { memoryMb: written.memoryMb, cpuSeconds: written.cpuSeconds },
  };
};

const plan = (node: PipelineNode<"transform">, project: Project): TransformPlan => {
  const trainingSet = readTrainingSet(node, project);
  const variables = variablesOf(node, project);
  return trainingSet === null ? { variables } : { variables, trainingSet };
};

/** One SELECT over the inputs, a Python function, or features joined point in time. */
export const transformExecutor = defineExecutor<"transform", TransformPlan>("transform", {
  version: 1,
  usesScratch: (node) => node.body?.language !== "sql",
  validate,
  plan,
  execute: (node, planned, context) => {
    if (planned.trainingSet !== undefined) return executeTrainingSet(node, planned.trainingSet, context);
    if (node.body?.language === "sql") return runSql(node, node.body, planned, context);
    if (node.body?.language === "python") return executePython(node, context);
    return Promise.reject(
      new ExecutorValidationError("body_missing", {
        node: node.id,
        location: node.location,
        params: { node: node.id },
      }),
    );
  },
});
