import { type NodeId, type PipelineNode, tablesRead } from "../../../shared/graph/index.ts";
import type { NodeSchema } from "../describe/index.ts";
import type { SqlHosts } from "../duckdb/sql-host.ts";
import { stableHash } from "../files/index.ts";
import type { Project } from "../project/project.ts";
import type { RunState } from "../state/index.ts";
import { lineageOfKind, type KindContext } from "./kinds/index.ts";
import { type NodeLineage, type ProjectLineage, type TableLineage, tableOf, wholeInputs } from "./node-lineage.ts";
import { type SqlLineage, sqlLineage } from "./sql/index.ts";

/** What of a project the desk looks at. */
export interface LineageLook {
  readonly project: Project;
  readonly state: RunState;
  readonly schemas: ReadonlyMap<NodeId, NodeSchema>;
  readonly signal: AbortSignal;
}

interface Known {
  /** What the lineage was made from: while it is equal, so is the lineage. */
  readonly key: string;
  readonly lineage: NodeLineage;
}

/** Tells where every column comes from. What was found is kept by what it was made from: an edit costs what it touches. */
export class LineageDesk {
  readonly #hosts: () => Promise<Pick<SqlHosts, "trees">>;
  readonly #known = new Map<NodeId, Known>();
  readonly #trees = new Map<string, string>();

  constructor(hosts: () => Promise<Pick<SqlHosts, "trees">>) {
    this.#hosts = hosts;
  }

  async report(look: LineageLook): Promise<ProjectLineage> {
    const { project, signal } = look;
    const nodes = new Map<NodeId, NodeLineage>();
    const tables = new Map<string, TableLineage>();
    const owners = new Map<string, NodeId>();
    await this.#readTrees(bodies(project).filter((text) => !this.#trees.has(text)));
    for (const node of project.nodes.values()) {
      signal.throwIfAborted();
      const lineage = await this.#lineage(node, tables, look);
      nodes.set(node.id, lineage);
      for (const table of lineage.tables) {
        tables.set(table.id, table);
        owners.set(table.id, node.id);
      }
    }
    for (const id of this.#known.keys()) if (!nodes.has(id)) this.#known.delete(id);
    return { nodes, tables, owner: (table) => owners.get(table) ?? ownerOf(table, project) };
  }

  async #lineage(
    node: PipelineNode,
    tables: ReadonlyMap<string, TableLineage>,
    look: LineageLook,
  ): Promise<NodeLineage> {
    const context = this.#context(node, tables, look);
    const columns = context.inputs.map((input) => context.columnsOf(input));
    const text = node.body?.language === "sql" ? node.body.text : (node.body?.hash ?? "");
    const key = stableHash([text, node.config, context.inputs, columns, context.actual, [...context.further]]);
    const known = this.#known.get(node.id);
    if (known?.key === key) return known.lineage;
    const lineage = await lineageOfKind(node)(node, context).catch((thrown: unknown) => unknown(node, context, thrown));
    this.#known.set(node.id, { key, lineage });
    return lineage;
  }

  #context(node: PipelineNode, tables: ReadonlyMap<string, TableLineage>, look: LineageLook): KindContext {
    const { project, state, schemas } = look;
    const columnsOf = (table: string): readonly string[] | null => {
      const schema = schemas.get(table);
      if (schema?.isCertain && schema.columns !== null) return schema.columns.map(({ name }) => name);
      const made = tables.get(table);
      if (made !== undefined && made.open.length + made.others.length === 0 && made.columns.length > 0) {
        return made.columns.map(({ name }) => name);
      }
      return schema?.columns?.map(({ name }) => name) ?? null;
    };
    const own = schemas.get(node.id);
    const isOwn = own?.columns != null && (own.isCertain || node.body?.language === "python" || node.kind === "source");
    const extra = state.nodes[node.id]?.extra ?? [];
    return {
      project,
      inputs: tablesRead(node),
      actual: isOwn || isLearned(node) ? (own?.columns?.map(({ name }) => name) ?? null) : null,
      further: new Map(extra.map(({ name, columns }) => [name, columns.map((column) => column.name)])),
      columnsOf,
      sql: (text, input, columns, actual) => this.#sql(text, input, columns, actual),
    };
  }

  async #sql(
    text: string,
    input: (name: string) => string | null,
    columns: (table: string) => readonly string[] | null,
    actual: readonly string[] | null,
  ): Promise<SqlLineage> {
    await this.#readTrees(this.#trees.has(text) ? [] : [text]);
    return sqlLineage({
      sql: text,
      tree: this.#trees.get(text) ?? "",
      input: (name) => {
        const id = input(name);
        return id === null ? null : { id, columns: columns(id) };
      },
      actual,
    });
  }

  /** Syntax trees of texts, all in one call. */
  async #readTrees(texts: readonly string[]): Promise<void> {
    const wanted = [...new Set(texts)];
    if (wanted.length === 0) return;
    if (this.#trees.size > mostTrees) this.#trees.clear();
    const trees = await (await this.#hosts()).trees(wanted);
    for (const [at, text] of wanted.entries()) this.#trees.set(text, trees[at] ?? "");
  }
}

const mostTrees = 20_000;

const bodies = (project: Project): readonly string[] =>
  [...project.nodes.values()].flatMap(({ body }) => (body?.language === "sql" ? [body.text] : []));

const isLearned = ({ kind }: PipelineNode): boolean => kind === "model" || kind === "predict";

/** The node whose further table an id is. */
const ownerOf = (table: string, project: Project): NodeId =>
  project.nodes.has(table) ? table : ([...project.nodes.keys()].find((id) => table.startsWith(`${id}__`)) ?? table);

/** A node whose settings cannot be read yet: what reads it may depend on all of its inputs. */
const unknown = (node: PipelineNode, { inputs, actual }: KindContext, thrown: unknown): NodeLineage => {
  const sources = wholeInputs(inputs);
  const columns = (actual ?? []).map((name) => ({ name, sources, named: [] }));
  const notes = [thrown instanceof Error ? thrown.message : String(thrown)];
  const table = { ...tableOf(node.id, columns), others: sources };
  return { node: node.id, basis: "unknown", tables: [table], conditions: [], mentions: [], rows: null, notes };
};
