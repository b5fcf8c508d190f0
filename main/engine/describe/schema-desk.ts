import { type Column, type NodeId, type PipelineNode, tablesRead } from "../../../shared/graph/index.ts";
import type { Relation, SqlFunction, SqlHosts } from "../duckdb/sql-host.ts";
import type { Executor } from "../executors/executor.ts";
import type { Project } from "../project/project.ts";
import { extraName, type NodeRecord, type RunState } from "../state/index.ts";
import { bindNode, isBindable, parametersOf } from "./bind-node.ts";
import { bindDraft } from "./bind-draft.ts";
import type { Surroundings } from "./explain.ts";
import {
  type Draft,
  type DraftSchema,
  type NodeSchema,
  type SchemaProblem,
  type SchemaReport,
  unknownSchema,
} from "./node-schema.ts";
import { ownColumns } from "./own-columns.ts";
import { settingsProblems } from "./settings-problems.ts";

interface Known {
  /** What the schema was made from: while it is equal, so is the schema. */
  readonly key: string;
  readonly schema: NodeSchema;
}

export interface DeskOptions {
  readonly hosts: () => Promise<SqlHosts>;
  readonly executors: Readonly<Record<string, Executor>>;
}

/** What of a project the desk looks at. */
export interface Look {
  readonly project: Project;
  readonly state: RunState;
  readonly signal: AbortSignal;
}

/**
 * Tells every node's columns without running anything. What was found is kept by what it was made from, so an edit
 * costs the edited node and what reads it.
 */
export class SchemaDesk {
  readonly #options: DeskOptions;
  readonly #known = new Map<NodeId, Known>();
  #functions: Promise<readonly SqlFunction[]> | null = null;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Every node's schema, and what is wrong with some. */
  async report(look: Look): Promise<SchemaReport> {
    const nodes = await this.#schemas(look, look.project.nodes.values());
    for (const id of this.#known.keys()) if (!look.project.nodes.has(id)) this.#known.delete(id);
    const told = [...nodes.values()].flatMap(({ problem }) => problem?.problem ?? []);
    const isTold = new Set(told.map(({ node, code }) => `${node} ${code}`));
    const settings = settingsProblems(look.project, this.#options.executors);
    return { nodes, problems: [...told, ...settings.filter(({ node, code }) => !isTold.has(`${node} ${code}`))] };
  }

  /** What a text that may not be saved yet would give as a node's SQL. */
  async draft(draft: Draft, look: Look): Promise<DraftSchema> {
    const hosts = await this.#options.hosts();
    return bindDraft(draft, {
      look,
      hosts,
      schemas: (ids) => this.#schemas(look, withAncestors(look.project, ids)),
      formerly: (id) => formerColumns(look.state, id),
    });
  }

  /** Every function that SQL may call; asked once. */
  async functions(): Promise<readonly SqlFunction[]> {
    this.#functions ??= this.#options.hosts().then((hosts) => hosts.functions());
    try {
      return await this.#functions;
    } catch (error) {
      this.#functions = null;
      throw error;
    }
  }

  /** The schemas of nodes that are given in dependency order, with all they read. */
  async #schemas(look: Look, nodes: Iterable<PipelineNode>): Promise<ReadonlyMap<NodeId, NodeSchema>> {
    const found = new Map<NodeId, NodeSchema>();
    for (const node of nodes) {
      look.signal.throwIfAborted();
      found.set(node.id, await this.#schema(node, found, look));
    }
    return found;
  }

  async #schema(node: PipelineNode, found: ReadonlyMap<NodeId, NodeSchema>, look: Look): Promise<NodeSchema> {
    const inputs = tablesRead(node).map((id) => ({ id, schema: found.get(id) ?? furtherTable(id, node, look.state) }));
    const key = keyOf(node, inputs, look);
    const known = this.#known.get(node.id);
    if (known?.key === key) return known.schema;
    const schema = await this.#make(node, inputs, look);
    this.#known.set(node.id, { key, schema });
    return schema;
  }

  async #make(node: PipelineNode, inputs: readonly Input[], look: Look): Promise<NodeSchema> {
    const { project, state, signal } = look;
    const own = (): NodeSchema => ownColumns(node, this.#options.executors[node.kind], project, state.nodes[node.id]);
    if (!isBindable(node) || !node.config.enabled) return own();
    const waitingFor = inputs.flatMap(({ id, schema }) => (schema.columns === null ? [id] : []));
    const isWaiting = waitingFor.length > 0;
    if (isWaiting && node.body === null) return { ...own(), isCertain: false, waitingFor };
    const isCertain = !isWaiting && inputs.every(({ schema }) => schema.isCertain);
    const around = surroundingsOf(node, inputs, look);
    const binding = { project, hosts: await this.#options.hosts(), relations: inputs.map(toRelation), around, signal };
    const { columns, problem } = await bindNode(node, binding);
    const told = isCertain || isAboutText(problem) ? problem : null;
    if (isWaiting) return { ...own(), isCertain: false, waitingFor, problem: told };
    if (columns !== null) return { columns, from: "query", isCertain, waitingFor: [], problem: null };
    return { ...unknownSchema, problem: told };
  }
}

/** What does not fit columns that may be out of date may fit those of the next run; what the text alone says stays. */
const isAboutText = (problem: SchemaProblem | null): boolean => problem?.fault?.kind === "outside";

interface Input {
  readonly id: NodeId;
  readonly schema: NodeSchema;
}

/** A table needs a column, also one of which nothing is known. */
const toRelation = ({ id, schema }: Input): Relation => ({
  id,
  file: "",
  columns: schema.columns ?? [{ name: "unknown", type: "INTEGER" }],
});

const formerColumns = (state: RunState, id: NodeId): readonly Column[] => state.nodes[id]?.metadata.columns ?? [];

/** A table beside a node's main one: only its last run tells. */
const furtherTable = (id: NodeId, reader: PipelineNode, state: RunState): NodeSchema => {
  for (const owner of reader.inputs) {
    const table = state.nodes[owner]?.extra?.find(({ name }) => extraName(owner, name) === id);
    if (table !== undefined) return { ...unknownSchema, columns: table.columns, from: "last run" };
  }
  return unknownSchema;
};

const keyOf = (node: PipelineNode, inputs: readonly Input[], { project, state }: Look): string => {
  const record: NodeRecord | undefined = state.nodes[node.id];
  const { vars } = project.settings;
  const read = inputs.map(({ id, schema }) => [
    id,
    schema.columns,
    schema.isCertain,
    state.nodes[id]?.fingerprint ?? "",
  ]);
  const text = node.body?.language === "sql" ? node.body.text : node.body?.hash;
  const { config, location, body } = node;
  return JSON.stringify([text, body?.location, config, location, vars, read, record?.run_id, record?.fingerprint]);
};

const surroundingsOf = (node: PipelineNode, inputs: readonly Input[], { project, state }: Look): Surroundings => ({
  node: node.id,
  text: node.body?.language === "sql" ? node.body : { text: "", location: node.location },
  inputs: inputs.map(({ id, schema }) => ({ id, columns: schema.columns ?? [] })),
  nodes: [...project.nodes.keys()],
  parameters: Object.keys(parametersOf(node, project)),
  formerly: (id) => formerColumns(state, id),
});

/** Nodes and all they read, in the project's order. */
const withAncestors = (project: Project, ids: readonly NodeId[]): readonly PipelineNode[] => {
  const wanted = new Set(ids);
  for (const id of wanted) for (const input of project.nodes.get(id)?.inputs ?? []) wanted.add(input);
  return [...project.nodes.values()].filter(({ id }) => wanted.has(id));
};
