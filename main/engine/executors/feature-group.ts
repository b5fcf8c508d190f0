import { join } from "node:path";

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import { tablesRead, type PipelineNode, type SqlBody } from "../../../shared/graph/index.ts";
import type { QueryJob, WrittenParquet } from "../duckdb/sql-host.ts";
import { type FeatureGroup, groupSql, type GroupRows, readGroup } from "../features/index.ts";
import type { GroupRecord } from "../features/stores/index.ts";
import { readStores, type StoreSettings } from "../features/stores/settings.ts";
import type { Project } from "../project/project.ts";
import { defineExecutor, type ExecutionContext, type NodeOutput } from "./executor.ts";
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
  const stored = await store(node, planned, { ...written, file }, context);
  return {
    file,
    rows: written.rows,
    columns: written.columns,
    hash: written.hash,
    metrics: python?.metrics ?? { memoryMb: written.memoryMb, cpuSeconds: written.cpuSeconds },
    metadata: { ...python?.metadata, join_keys: group.joinKeys, event_time: group.eventTime, ...stored },
  };
};

/** Keeps what the table is like, and brings the stores that the file asks for up to it. */
const store = async (
  node: GroupNode,
  { group, stores }: FeatureGroupPlan,
  written: WrittenParquet & { readonly file: string },
  context: ExecutionContext,
): Promise<Readonly<Record<string, unknown>>> => {
  const { offlineFolder, readGroupRecord, refuseBreaking, writeGroupRecord, writeOffline, writeOnline } =
    await import("../features/stores/index.ts");
  const { targetPath, scratch, runId, duckdb, signal } = context;
  const relation = { id: node.id, file: written.file, columns: written.columns };
  const { rows, hash } = written;
  const { version } = stores;
  const record = await recordOf(node, { group, stores }, written, context);
  const isServed = stores.offline !== null || stores.online !== null;
  if (isServed) refuseBreaking(group, await readGroupRecord(targetPath, node.name, version), record);
  const table = { relation, rows, hash, version, runId, scratch, duckdb, signal };
  const metadata: Record<string, unknown> = isServed ? { version } : {};
  if (stores.offline !== null) {
    context.progress("writing the offline store");
    const folder = offlineFolder(targetPath, node.name, version);
    metadata["offline"] = await writeOffline(group, stores.offline.partitionBy, table, folder);
  }
  if (stores.online !== null) {
    context.progress("writing the online store");
    const { connection } = stores.online;
    const applicationName = `headrace:${runId}/${node.id}`;
    const place = { targetPath, project: context.project, node: node.id, connection, applicationName, signal };
    metadata["online"] = { store: stores.online.store, keys: await writeOnline(group, table, stores.online, place) };
  }
  await writeGroupRecord(targetPath, node.name, record);
  return metadata;
};

const recordOf = async (
  node: GroupNode,
  { group, stores }: Pick<FeatureGroupPlan, "group" | "stores">,
  written: WrittenParquet & { readonly file: string },
  { duckdb, signal, runId }: ExecutionContext,
): Promise<GroupRecord> => {
  const { columnStatistics } = await import("../features/statistics.ts");
  const { rows, hash, columns, file } = written;
  const job = { node: node.id, inputs: [{ id: node.id, file, columns }], params: {} };
  return {
    schema_version: 1,
    feature_group: node.id,
    version: stores.version,
    join_keys: [...group.joinKeys],
    event_time: group.eventTime,
    created_time: group.createdTime,
    ttl: group.ttl,
    rows,
    table: hash,
    run_id: runId,
    written: new Date().toISOString(),
    columns: [...(await columnStatistics(columns, job, duckdb, signal))],
  };
};

/** Features of an entity: join keys, event time, created time and the declared features, in this order. */
export const featureGroupExecutor = defineExecutor<"feature_group", FeatureGroupPlan>("feature_group", {
  version: 1,
  validate,
  plan,
  execute,
});
