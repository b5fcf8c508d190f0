// From what each file says to the project's graph: unique ids, SQL read, inputs found, order and cycles.

import {
  findCycles,
  locateInText,
  nearest,
  type NodeBody,
  type NodeId,
  type PipelineNode,
  type SqlBody,
  topologicalOrder,
} from "../../../shared/graph/index.ts";
import { type Analyze, type AnalyzedSql, analyzeSql } from "./analyze-sql.ts";
import type { Broken, FileContent, NodeDraft, SqlSource } from "./draft.ts";
import { expandDrafts } from "./expand-drafts.ts";
import type { Fragments } from "./fragments.ts";
import { Positions } from "./positions.ts";
import type { ProfileSummary } from "./profile/open-profile.ts";
import { projectError } from "./problems.ts";
import type { ProjectFiles } from "./project-files.ts";
import type { Problem } from "./project.ts";
import { unknownConnections } from "./check-connections.ts";
import type { SqlAnalysis } from "../duckdb/sql-host.ts";
import { type Names, type ResolvedInputs, resolveInputs } from "./resolve-inputs.ts";

export interface Graph {
  readonly nodes: ReadonlyMap<NodeId, PipelineNode>;
  readonly broken: readonly Broken[];
  /** Found by looking at more than one file; each file's own are not repeated. */
  readonly problems: readonly Problem[];
}

export interface ResolveOptions {
  readonly files: ProjectFiles;
  readonly analyze: Analyze;
  readonly fragments: Fragments["byName"];
  /** Names that any SQL may bind without params of its own. */
  readonly parameters: ReadonlySet<string>;
  readonly profile: ProfileSummary;
  /** Told what each node's SQL names, for keeping. */
  readonly onReferences: (id: NodeId, references: SqlAnalysis["references"]) => void;
}

/** The graph of all files' content. Never throws for what a file says. */
export const resolveGraph = async (contents: readonly FileContent[], options: ResolveOptions): Promise<Graph> => {
  const problems: Problem[] = [];
  const broken: Broken[] = contents.flatMap((content) => content.broken);
  const written = uniqueDrafts(
    contents.flatMap((content) => content.drafts),
    problems,
  );
  const drafts = expandDrafts(written, options.fragments, (draft, problem) => {
    problems.push(problem);
    broken.push({ file: draft.location.file, id: draft.id, problem });
  });
  const statements = drafts.flatMap((draft) => (draft.sql === null ? [] : [{ draft, sql: draft.sql }]));
  const analyzed = await analyzeSql(statements, options.analyze);
  const positions = new Positions(options.files);
  for (const [draft, { problem }] of analyzed) {
    if (problem === null) continue;
    problems.push(problem);
    broken.push({ file: draft.location.file, id: draft.id, problem });
  }
  const whole = drafts.filter((draft) => !analyzed.get(draft)?.problem);
  const names = namesOf(whole, broken, positions);
  const nodes = new Map<NodeId, PipelineNode>();
  for (const draft of whole) {
    const sql = statementOf(draft, analyzed);
    const references = sql?.analyzed.references ?? [];
    options.onReferences(draft.id, references);
    problems.push(...(await unknownConnections(draft, options.profile, positions)));
    problems.push(...missingParameters(draft, sql?.analyzed.body ?? null, options.parameters));
    const resolved = await resolveInputs({ draft, sql: sql?.source ?? null, references }, names);
    problems.push(...resolved.problems);
    nodes.set(draft.id, toNode(draft, sql?.analyzed.body ?? draft.python, resolved));
  }
  return { nodes: inOrder(nodes, problems), broken, problems };
};

const statementOf = (
  draft: NodeDraft,
  analyzed: ReadonlyMap<NodeDraft, AnalyzedSql>,
): { readonly source: SqlSource; readonly analyzed: AnalyzedSql } | null => {
  const found = analyzed.get(draft);
  return found === undefined || draft.sql === null ? null : { source: draft.sql, analyzed: found };
};

const missingParameters = (draft: NodeDraft, body: SqlBody | null, known: ReadonlySet<string>): readonly Problem[] => {
  const params = (draft.config["params"] ?? {}) as Readonly<Record<string, unknown>>;
  const missing = (body?.parameters ?? []).filter((name) => !Object.hasOwn(params, name) && !known.has(name));
  return missing.map((parameter) => {
    const at = body?.text.search(new RegExp(String.raw`\$${parameter}\b`)) ?? -1;
    const location = body === null || at < 0 ? draft.location : locateInText(body, at);
    const close = nearest(parameter, [...Object.keys(params), ...known]);
    const next = close === null ? undefined : `Did you mean $${close}?`;
    return projectError("parameter_missing", { node: draft.id, location, params: { node: draft.id, parameter }, next });
  });
};

/** The first of each id stays; the others are told with both places, as are ids that differ only by case. */
const uniqueDrafts = (drafts: readonly NodeDraft[], problems: Problem[]): readonly NodeDraft[] => {
  const kept = new Map<string, NodeDraft>();
  for (const draft of drafts) {
    const key = draft.id.toLowerCase();
    const other = kept.get(key);
    const joined = other === undefined ? draft : withDecorators(other, draft);
    if (joined !== null) {
      kept.set(key, joined);
      continue;
    }
    const { file, line } = other?.location ?? draft.location;
    const code = other?.id === draft.id ? "duplicate_node" : "names_differ_by_case";
    const place = `${file}:${line}`;
    const params = { node: draft.id, other: other?.id === draft.id ? place : `${other?.id} (${place})` };
    problems.push(projectError(code, { node: draft.id, location: draft.location, params }));
  }
  return [...kept.values()];
};

/** A YAML file about a decorated function is that function's node: its keys win, the decorators fill the rest. */
const withDecorators = (yaml: NodeDraft, decorated: NodeDraft): NodeDraft | null => {
  const isSame = yaml.id === decorated.id && yaml.python !== null && yaml.location.file !== yaml.python.file;
  if (!isSame || decorated.location.file !== yaml.python?.file || decorated.python?.function !== yaml.python.function)
    return null;
  const config: Record<string, unknown> = { ...decorated.config, ...yaml.config };
  for (const [key, value] of Object.entries(yaml.config)) {
    const isSilent =
      value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
    if (isSilent && key in decorated.config) config[key] = decorated.config[key];
  }
  return { ...yaml, config, named: [...yaml.named, ...decorated.named] };
};

const namesOf = (drafts: readonly NodeDraft[], broken: readonly Broken[], positions: Positions): Names => {
  const byName = new Map<string, NodeId[]>();
  for (const { id, name } of drafts) {
    const ids = byName.get(name);
    if (ids === undefined) byName.set(name, [id]);
    else ids.push(id);
  }
  const idsOf = (ignored: boolean): ReadonlySet<NodeId> =>
    new Set(
      broken.flatMap(({ id, problem }) => (id !== null && (problem.severity === "warning") === ignored ? [id] : [])),
    );
  const nodes = new Set(drafts.map(({ id }) => id));
  return { nodes, broken: idsOf(false), ignored: idsOf(true), byName, suggested: new Map(), positions };
};

const toNode = (draft: NodeDraft, body: NodeBody, { inputs, tables }: ResolvedInputs): PipelineNode => ({
  id: draft.id,
  kind: draft.kind as PipelineNode["kind"],
  name: draft.name,
  // The kind's own schema made it; the union over kinds cannot be told apart here.
  config: draft.config as PipelineNode["config"],
  body,
  inputs,
  ...(tables === undefined ? {} : { tables }),
  location: draft.location,
  files: draft.files,
});

/** Dependency order; every circle is one error that names it node by node with each place. */
const inOrder = (nodes: ReadonlyMap<NodeId, PipelineNode>, problems: Problem[]): ReadonlyMap<NodeId, PipelineNode> => {
  const graph = new Map([...nodes].map(([id, node]) => [id, node.inputs]));
  for (const cycle of findCycles(graph)) {
    const members = cycle.flatMap((id) => nodes.get(id) ?? []);
    const [first] = members;
    if (first === undefined) continue;
    const places = members.map(({ id, location }) => `${id} is at ${location.file}:${location.line}`).join("; ");
    const params = { cycle: [...cycle, first.id].join(" → "), places: `${places}.` };
    problems.push(projectError("cycle", { node: first.id, location: first.location, params }));
  }
  const { order } = topologicalOrder(graph);
  return new Map(order.flatMap((id) => (nodes.has(id) ? [[id, nodes.get(id) as PipelineNode] as const] : [])));
};
