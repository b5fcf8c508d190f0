import { join } from "node:path";

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import { tablesRead, type PipelineNode, type SqlBody } from "../../../shared/graph/index.ts";
import type { QueryJob } from "../duckdb/sql-host.ts";
import { type FeatureGroup, groupSql, type GroupRows, readGroup } from "../features/index.ts";
import { readStores, type StoreSettings } from "../features/stores/settings.ts";
import type { Project } from "../project/project.ts";
import { defineExecutor, type ExecutionContext, type NodeOutput, type StoredOutput } from "./executor.ts";
import { locateSqlError } from "./locate-sql-error.ts";
import { executePython } from "./python-body.ts";

type GroupNode = PipelineNode<"feature_group">;

interface FeatureGroupPlan {
  readonly group: FeatureGroup;
  readonly stores: StoreSettings;
  /** Values of the project that the group's SQL may bind. */
  readonly variables: Readonly<Record<string, unknown>>;
}

const validate = (node: GroupNode): void => {
  const details = { node: node.id, location: node.location };
  if (node.body !== null) return;
  const inputs = tablesRead(node);
  if (inputs.length === 0) {
    throw new ExecutorValidationError("feature_input_missing", { ...details, params: { node: node.id } });
  }
  if (inputs.length > 1) {
    throw new ExecutorValidationError("feature_inputs_several", { ...details, params: { node: node.id, inputs } });
  }
};

const plan = (node: GroupNode, project: Project): FeatureGroupPlan => ({
  group: readGroup(node),
  stores: readStores(node),
  variables: variablesOf(node, project),
});

const variablesOf = (node: GroupNode, project: Project): FeatureGroupPlan["variables"] => {
  if (node.body?.language !== "sql") return {};
  const { vars } = project.settings;
  return Object.fromEntries(node.body.parameters.filter((name) => name in vars).map((name) => [name, vars[name]]));
};

/** The rows of the group with the job that reads them; a Python function is run first. */
const rowsOf = async (
  node: GroupNode,
  { variables }: FeatureGroupPlan,
  context: ExecutionContext,
): Promise<{ readonly rows: GroupRows; readonly job: Omit<QueryJob, "sql">; readonly python: NodeOutput | null }> => {
  const { memory, threads } = node.config.resources ?? {};
  const limits = memory === undefined && threads === undefined ? undefined : { memory, threads };
  const params = { ...context.interval, ...variables, ...node.config.params };
  const job = { node: node.id, inputs: context.inputs, params, limits };
  if (node.body?.language === "python") {
    const python = await executePython(node, context);
    const columns = python.columns;
    const inputs = [{ id: node.id, file: python.file ?? "", columns }];
    const source = `what ${node.body.function} returns`;
    return { rows: { from: "input_0", source, columns, computed: true }, job: { ...job, inputs }, python };
  }
  if (node.body?.language === "sql") {
    const columns = await describe(node.body, job, context);
    const from = `(\n${node.body.text}\n) as "rows"`;
    return { rows: { from, source: "its transform", columns, computed: true }, job, python: null };
  }
  const [input] = context.inputs;
  const rows = { from: "input_0", source: input?.id ?? "", columns: input?.columns ?? [], computed: false };
  return { rows, job, python: null };
};

const describe = (body: SqlBody, job: Omit<QueryJob, "sql">, context: ExecutionContext) =>
  context.duckdb.describe({ ...job, sql: body.text }, context.signal).catch((thrown: unknown) => {
    throw locateSqlError(thrown, body);
  });

const execute = async (node: GroupNode, planned: FeatureGroupPlan, context: ExecutionContext): Promise<NodeOutput> => {
  const { group } = planned;
  const { rows, job, python } = await rowsOf(node, planned, context);
  const file = join(context.scratch, "features.table.parquet");
  const written = await context.duckdb.writeParquet({ ...job, sql: groupSql(group, rows) }, file, context.signal);
  const stored = await storeMetadata(node, planned, { ...written, file }, context);
  return {
    file,
    rows: written.rows,
    columns: written.columns,
    hash: written.hash,
    metrics: python?.metrics ?? { memoryMb: written.memoryMb, cpuSeconds: written.cpuSeconds },
    metadata: { ...python?.metadata, ...stored },
  };
};

const storeMetadata = async (
  node: GroupNode,
  { group, stores }: FeatureGroupPlan,
  table: StoredOutput,
  context: ExecutionContext,
): Promise<Readonly<Record<string, unknown>>> => {
  const { bringUpStores } = await import("./feature-group-stores.ts");
  const stored = await bringUpStores(node, { group, stores }, table, context);
  return { join_keys: group.joinKeys, event_time: group.eventTime, ...stored };
};

/** Features of an entity: join keys, event time, created time and the declared features, in this order. */
export const featureGroupExecutor = defineExecutor<"feature_group", FeatureGroupPlan>("feature_group", {
  version: 1,
  validate,
  plan,
  execute,
  stores: {
    behind: async (node, planned, table, place) =>
      (await import("./feature-group-stores.ts")).storesBehind(node, planned, table, place),
    bringUp: storeMetadata,
  },
});
