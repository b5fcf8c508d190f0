import { type Column, type NodeId, type PlacedText } from "../../../shared/graph/index.ts";
import type { SqlFault, SqlHosts } from "../duckdb/sql-host.ts";
import { parametersOf } from "./bind-node.ts";
import { expandedDraft, offsetIn } from "./draft-text.ts";
import { explain, type Surroundings } from "./explain.ts";
import { type Draft, type DraftSchema, type NodeSchema, unknownSchema } from "./node-schema.ts";
import type { Look } from "./schema-desk.ts";

interface Around {
  readonly look: Look;
  readonly hosts: SqlHosts;
  schemas(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, NodeSchema>>;
  formerly(id: NodeId): readonly Column[];
}

const interval = { date: "2000-01-01", start: "2000-01-01", end: "2000-01-02" };

/** Binds an editor's text as the SQL of a node, saved or not, loaded or broken. */
export const bindDraft = async (draft: Draft, around: Around): Promise<DraftSchema> => {
  const { project, signal } = around.look;
  const node = project.nodes.get(draft.node);
  const written = draft.sql ?? (node?.body?.language === "sql" ? node.body.text : "");
  const placed = expandedDraft(project.root, written);
  const [analysis] = await around.hosts.analyze([placed.text]);
  const references = (analysis?.references ?? []).map(({ name }) => name);
  const ids = inputsOf(draft, references, around.look);
  const schemas = await around.schemas(ids);
  const inputs = ids.map((id) => ({ id, schema: schemas.get(id) ?? unknownSchema }));
  const listed = inputs.map(({ id, schema }) => ({ id, columns: schema.columns, from: schema.from }));

  const params =
    node === undefined ? { ...interval, ...project.settings.vars, ...draft.params } : parametersOf(node, project);
  const surroundings: Surroundings = {
    node: draft.node,
    text: placed,
    inputs: inputs.map(({ id, schema }) => ({ id, columns: schema.columns ?? [] })),
    nodes: [...project.nodes.keys()].filter((id) => id !== draft.node),
    parameters: Object.keys(params),
    formerly: around.formerly,
  };
  const isRead = (id: NodeId, at: number): boolean => references.some((name) => reads(name, id, at));
  const waitingFor = inputs.flatMap(({ id, schema }, at) => (schema.columns === null && isRead(id, at) ? [id] : []));
  // A table that is not there, and what cannot be read at all, are worth telling at once.
  const isListed = references.every((name) => ids.some((id, at) => reads(name, id, at)));
  if (waitingFor.length > 0 && analysis?.error === null && isListed) {
    const missing = missingParameter(placed.text, analysis.parameters, surroundings.parameters);
    if (missing === null) return { ...unknownSchema, inputs: listed, waitingFor };
    const fault = inOriginal(missing, placed, written);
    return { ...unknownSchema, problem: { ...explain(missing, surroundings), fault }, inputs: listed, waitingFor };
  }
  const relations = inputs.map(({ id, schema }) => ({ id, file: "", columns: schema.columns ?? [] }));
  const { columns, fault } = await around.hosts.schema(
    { node: draft.node, sql: placed.text, inputs: relations, params },
    signal,
  );
  const isCertain = inputs.every(({ schema }, at) => schema.isCertain || !isRead(ids[at] ?? "", at));
  if (fault === null) return { columns, from: "query", isCertain, waitingFor: [], problem: null, inputs: listed };
  const problem = explain(fault, surroundings);
  const shown = { ...problem, fault: inOriginal(fault, placed, written) };
  return { ...unknownSchema, isCertain, problem: shown, inputs: listed };
};

/** The nodes that a text would read: those that the file lists, then those that it names. */
const inputsOf = (draft: Draft, references: readonly string[], { project }: Look): readonly NodeId[] => {
  const node = project.nodes.get(draft.node);
  const declared = draft.inputs ?? node?.config.inputs.map(({ ref }) => ref) ?? [];
  const named = references.flatMap((name) => [...project.nodes.keys()].find((id) => same(id, name)) ?? []);
  const further = references.filter((name) => !project.nodes.has(name) && name.includes("__"));
  const all = [...new Set([...declared, ...named, ...further])];
  return all.filter((id) => id !== draft.node && (project.nodes.has(id) || further.includes(id)));
};

/** The first name that nothing gives a value: what can be told without any column. */
const missingParameter = (sql: string, bound: readonly string[], known: readonly string[]): SqlFault | null => {
  for (const name of bound) {
    if (known.includes(name)) continue;
    const start = sql.search(new RegExp(String.raw`\$${name}\b`));
    if (start < 0) continue;
    const end = start + name.length + 1;
    return { kind: "parameter", name, detail: "", code: null, qualifier: null, candidates: [], start, end };
  }
  return null;
};

const same = (id: string, name: string): boolean => id.toLowerCase() === name.toLowerCase();

/** Whether a name in the text is the input at a place. */
const reads = (name: string, id: NodeId, at: number): boolean => {
  const lower = name.toLowerCase();
  if (at === 0 && (lower === "__this__" || lower === "source")) return true;
  return same(id, name) || lower === `input_${at}`;
};

/** The same fault with offsets into the text as it was typed. */
const inOriginal = (fault: SqlFault, placed: PlacedText, written: string): SqlFault => {
  if (fault.start === null || fault.end === null || placed.text === written) return fault;
  const start = offsetIn(written, placed, fault.start);
  const end = offsetIn(written, placed, fault.end);
  return { ...fault, start, end: Math.max(end, start + 1) };
};
