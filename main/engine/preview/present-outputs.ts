import { ExecutorExecutionError, ProjectError } from "../../../shared/errors/index.ts";
import { nearest } from "../../../shared/graph/index.ts";
import type { Relation, SqlHosts } from "../duckdb/sql-host.ts";
import type { Project } from "../project/project.ts";
import {
  extraName,
  extraRelations,
  type ExtraRecord,
  type NodeRecord,
  type OutputCache,
  type RunState,
} from "../state/index.ts";

/**
 * Columns and file of a node's present output, or of a further table of it (`kind.node__table`).
 * Throws `node_not_found`, `output_missing`, `output_changed`.
 */
export const presentOutput = async (
  project: Project,
  state: RunState,
  cache: OutputCache,
  id: string,
): Promise<Relation> => {
  const further = project.nodes.has(id) ? undefined : furtherTable(project, state, id);
  const owner = further?.node ?? id;
  if (!project.nodes.has(owner) && !mayBeBroken(project, state, owner)) throw nodeNotFound(project, id);
  const record = state.nodes[owner];
  if (!record?.output) throw new ProjectError("output_missing", { node: owner, params: { node: owner } });
  const output = await cache.verify(further?.table.output ?? record.output);
  if (output === null) throw new ExecutorExecutionError("output_changed", { node: owner, params: { node: owner } });
  const { columns, rows } = further?.table ?? { columns: record.metadata.columns, rows: rowsOf(record) };
  return { id, file: cache.absolute(output), columns, rows };
};

/** A file that cannot be read may be this node's: what its last run gave can still be looked at. */
const mayBeBroken = ({ broken }: Project, state: RunState, id: string): boolean =>
  state.nodes[id] !== undefined && broken.some((entry) => entry.id === null || entry.id === id);

/** Of a run that failed, a record counts what that run gave and not what is still there. */
const rowsOf = ({ status, row_count: rows }: NodeRecord): number | undefined =>
  status === "SUCCESS" || status === "WARNING" || status === "CACHED" ? rows : undefined;

const furtherTable = (
  project: Project,
  state: RunState,
  id: string,
): { readonly node: string; readonly table: ExtraRecord } | undefined => {
  for (const node of project.nodes.keys()) {
    if (!id.startsWith(`${node}__`)) continue;
    const table = state.nodes[node]?.extra?.find(({ name }) => extraName(node, name) === id);
    if (table !== undefined) return { node, table };
  }
  return undefined;
};

/** `node_not_found`, with the name that is nearest. */
export const nodeNotFound = (project: Project, id: string): ProjectError => {
  const near = nearest(id, [...project.nodes.keys()]);
  const suggestion = near === null ? "`headrace plan` lists the nodes." : `Did you mean ${near}?`;
  return new ProjectError("node_not_found", { params: { node: id, suggestion } });
};

/** Every node that has an output now, for ad-hoc SQL. */
export const presentOutputs = async (
  project: Project,
  state: RunState,
  cache: OutputCache,
): Promise<readonly Relation[]> => {
  const relations: Relation[] = [];
  for (const id of project.nodes.keys()) {
    const record = state.nodes[id];
    if (!record?.output || (await cache.verifyAll({ output: record.output, extra: record.extra })) === null) continue;
    const { columns } = record.metadata;
    relations.push({ id, file: cache.absolute(record.output), columns, rows: rowsOf(record) });
    relations.push(...extraRelations(id, record.extra, cache.absolute));
  }
  return relations;
};

/** The nodes that a query names; all of them would be opened otherwise. */
export const referenced = async (
  hosts: SqlHosts,
  sql: string,
  available: readonly Relation[],
  project: Project,
): Promise<readonly Relation[]> => {
  const [analysis] = await hosts.analyze([sql]);
  if (analysis?.error) {
    throw new ProjectError("query_refused", { params: { detail: analysis.error.detail } });
  }
  return (analysis?.references ?? []).map(({ name }) => {
    const relation = available.find((entry) => entry.id === name);
    if (relation !== undefined) return relation;
    if (project.nodes.has(name)) throw new ProjectError("output_missing", { node: name, params: { node: name } });
    throw nodeNotFound(project, name);
  });
};
