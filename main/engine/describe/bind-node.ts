import { toHeadraceError, toErrorData } from "../../../shared/errors/index.ts";
import { type Column, isKind, type PipelineNode, type SqlBody } from "../../../shared/graph/index.ts";
import type { Relation, SqlHosts } from "../duckdb/sql-host.ts";
import { checkColumns } from "../executors/aggregate/check-columns.ts";
import { planAggregation } from "../executors/aggregate/plan.ts";
import { groupSql, readGroup } from "../features/index.ts";
import type { Project } from "../project/project.ts";
import { type AggregationNode, runParameters } from "../windows/index.ts";
import { explain, type Surroundings } from "./explain.ts";
import type { SchemaProblem } from "./node-schema.ts";

/** A node's table, or why it gives none. */
export interface BoundNode {
  readonly columns: readonly Column[] | null;
  readonly problem: SchemaProblem | null;
}

export interface Binding {
  readonly project: Project;
  readonly hosts: SqlHosts;
  readonly relations: readonly Relation[];
  readonly around: Surroundings;
  readonly signal: AbortSignal;
}

const interval = { date: "2000-01-01", start: "2000-01-01", end: "2000-01-02" };

/** Values for every `$name` that a node's SQL may bind; only their types matter. */
export const parametersOf = (node: PipelineNode, project: Project): Readonly<Record<string, unknown>> => ({
  ...interval,
  ...project.settings.vars,
  ...node.config.params,
});

/** Whether a node's table follows from its inputs' columns. */
export const isBindable = (node: PipelineNode): boolean => {
  if (node.body?.language === "python") return false;
  if (isKind(node, "transform")) return node.body !== null;
  const isMade = isKind(node, "feature_group") || isAggregation(node);
  return isMade && (node.body !== null || node.inputs.length > 0);
};

const isAggregation = (node: PipelineNode): node is AggregationNode & PipelineNode =>
  isKind(node, "aggregation") || isKind(node, "second_order_aggregation");

/** Binds a node's SQL, and what its kind makes of that, to its inputs' columns. */
export const bindNode = async (node: PipelineNode, binding: Binding): Promise<BoundNode> => {
  const rows = node.body?.language === "sql" ? await bindBody(node, node.body, binding) : null;
  if (rows?.problem) return rows;
  try {
    if (isKind(node, "feature_group")) return await bindGroup(node, rows, binding);
    if (isAggregation(node)) return await bindAggregation(node, rows, binding);
  } catch (thrown) {
    return { columns: null, problem: ofSettings(node, thrown) };
  }
  return rows ?? { columns: null, problem: null };
};

const bindBody = async (node: PipelineNode, body: SqlBody, binding: Binding): Promise<BoundNode> => {
  const { hosts, relations, project, around, signal } = binding;
  const job = { node: node.id, sql: body.text, inputs: relations, params: parametersOf(node, project) };
  const { columns, fault } = await hosts.schema(job, signal);
  return { columns, problem: fault === null ? null : explain(fault, around) };
};

const bindGroup = async (
  node: PipelineNode<"feature_group">,
  rows: BoundNode | null,
  { hosts, relations, signal }: Binding,
): Promise<BoundNode> => {
  const [input] = relations;
  const read = rows === null ? input : { id: node.id, file: "", columns: rows.columns ?? [] };
  if (read === undefined) return { columns: null, problem: null };
  const source = rows === null ? read.id : "its transform";
  const sql = groupSql(readGroup(node), { from: "input_0", source, columns: read.columns, computed: rows !== null });
  return { columns: await hosts.describe({ node: node.id, sql, inputs: [read], params: {} }, signal), problem: null };
};

const bindAggregation = async (
  node: AggregationNode & PipelineNode,
  rows: BoundNode | null,
  { hosts, relations, project, signal }: Binding,
): Promise<BoundNode> => {
  const { spine: named, source } = node.config;
  const spine = named === undefined ? undefined : relations.find(({ id }) => id === named.ref);
  const own = rows === null ? null : { id: node.id, file: "", columns: rows.columns ?? [] };
  const listed = source === undefined ? undefined : relations.find(({ id }) => id === source);
  const events = own ?? listed ?? relations.find((input) => input !== spine) ?? relations[0];
  if (events === undefined) return { columns: null, problem: null };
  const other = spine ?? relations.find((input) => input !== events) ?? events;
  const plan = planAggregation(node, project, interval);
  checkColumns(node, plan, { events, spine: other });
  const sql = plan.tables[0]?.sql;
  if (sql === undefined) return { columns: null, problem: null };
  const params = { ...parametersOf(node, project), ...runParameters(interval) };
  const { columns } = await hosts.schema({ node: node.id, sql, inputs: [events, other], params }, signal);
  return { columns, problem: null };
};

/** An error of a node's settings against the columns it reads, at the node's place. */
const ofSettings = (node: PipelineNode, thrown: unknown): SchemaProblem => {
  const { class: _class, ...data } = toErrorData(toHeadraceError(thrown));
  const problem = { ...data, node: node.id, location: data.location ?? node.location, severity: "error" as const };
  return { problem, fault: null, replacements: [], valid: [] };
};
