// Which nodes a node reads: the declared ones in their order, then those its SQL or Python names.

import type { SourceLocation } from "../../../shared/errors/index.ts";
import { locateInText, type NodeId, suggestion } from "../../../shared/graph/index.ts";
import type { SqlAnalysis } from "../duckdb/sql-host.ts";
import type { NamedInput, NodeDraft, SqlSource } from "./draft.ts";
import type { Positions } from "./positions.ts";
import { projectError, projectWarning } from "./problems.ts";
import type { Problem } from "./project.ts";

/** The ids of a project, for looking names up. */
export interface Names {
  readonly nodes: ReadonlySet<NodeId>;
  /** Could not be loaded: reading one is told, but once repaired it is there. */
  readonly broken: ReadonlySet<NodeId>;
  /** Of kinds that nothing is run for. */
  readonly ignored: ReadonlySet<NodeId>;
  /** Ids by bare name. */
  readonly byName: ReadonlyMap<string, readonly NodeId[]>;
  /** Suggestions worked out before: one renamed source may be missed by thousands of nodes. */
  readonly suggested: Map<string, string>;
  readonly positions: Positions;
}

export interface ResolvedInputs {
  readonly inputs: readonly NodeId[];
  /** What is read of them, where that is not simply each one's main table. */
  readonly tables: readonly string[] | undefined;
  readonly problems: readonly Problem[];
}

export interface Referring {
  readonly draft: NodeDraft;
  readonly sql: SqlSource | null;
  readonly references: SqlAnalysis["references"];
}

/** A draft's inputs, and an error for each that is not there. */
export const resolveInputs = async (referring: Referring, names: Names): Promise<ResolvedInputs> => {
  const { draft } = referring;
  const tables = new Set<string>();
  const problems: Problem[] = [];
  const told = new Set<string>();
  for (const named of draft.named) {
    const id = fullName(named, names);
    if (ownerOf(id, names) !== null) tables.add(id);
    else if (!told.has(id)) {
      told.add(id);
      const place = { file: draft.location.file, document: draft.document, path: named.path };
      const location = named.location ?? (await names.positions.locate(place, "value", draft.location));
      problems.push(unknownInput(draft, id, location, names));
    }
  }
  for (const reference of referring.references) {
    if (ownerOf(reference.name, names) !== null) tables.add(reference.name);
  }
  for (const reference of referring.references) {
    if (told.has(reference.name)) continue;
    told.add(reference.name);
    const problem = referenceProblem(referring, reference, tables.size, names);
    if (problem !== null) problems.push(problem);
  }
  const inputs = new Set([...tables].flatMap((table) => ownerOf(table, names) ?? []));
  const isPlain = inputs.size === tables.size && [...tables].every((table) => names.nodes.has(table));
  return { inputs: [...inputs], tables: isPlain ? undefined : [...tables], problems };
};

/** Kinds whose nodes leave one table and no others. */
const singleTable: ReadonlySet<string> = new Set(["source", "transform"]);

/** The node whose table a name is: `kind.node`, or `kind.node__table` of a kind that may leave several. */
const ownerOf = (name: string, names: Names): NodeId | null => {
  if (names.nodes.has(name)) return name;
  if (singleTable.has(name.slice(0, name.indexOf(".")))) return null;
  for (let end = name.lastIndexOf("__"); end > 0; end = name.lastIndexOf("__", end - 1)) {
    const owner = name.slice(0, end);
    if (names.nodes.has(owner)) return owner;
  }
  return null;
};

/** `ctx.ref("orders")` may leave the kind out where only one node has the name; files write it out. */
const fullName = ({ ref, path }: NamedInput, names: Names): string => {
  const written = ref.trim();
  const same = path.length === 0 && !written.includes(".") ? names.byName.get(written) : undefined;
  return same?.length === 1 ? (same[0] ?? written) : written;
};

const unknownInput = (draft: NodeDraft, input: string, location: SourceLocation, names: Names): Problem => {
  const params = { node: draft.id, input };
  const details = { node: draft.id, location, params };
  if (names.ignored.has(input)) return projectWarning("input_ignored", details);
  if (names.broken.has(input)) return projectError("input_broken", details);
  return projectError("input_unknown", { ...details, next: nearestNode(input, names) });
};

/** The node of that very name under another kind comes first, then the nearest spelling. */
const nearestNode = (input: string, names: Names): string => {
  const bare = input.split(".").at(-1) ?? input;
  const sameName = names.byName.get(bare);
  if (sameName !== undefined) return `Did you mean ${sameName.join(" or ")}?`;
  const known = names.suggested.get(input) ?? suggestion(input, names.nodes);
  names.suggested.set(input, known);
  return known;
};

const firstInputNames = new Set(["__THIS__", "__this__", "source", "input"]);

const referenceProblem = (
  referring: Referring,
  reference: SqlAnalysis["references"][number],
  count: number,
  names: Names,
): Problem | null => {
  const { draft, sql } = referring;
  const { name } = reference;
  if (ownerOf(name, names) !== null) return null;
  const location = sql === null ? draft.location : locateInText(sql, reference.offset ?? 0);
  const position = /^input_(\d+)$/.exec(name);
  if (position !== null || firstInputNames.has(name)) {
    if (Number(position?.[1] ?? 0) < count) return null;
    const params = { node: draft.id, input: name, count };
    return projectError("input_index", { node: draft.id, location, params });
  }
  if (name.includes(".")) return unknownInput(draft, name, location, names);
  const params = { node: draft.id, table: name };
  const sameName = names.byName.get(name);
  const next =
    sameName === undefined
      ? suggestTable(name, names)
      : `Did you mean ${sameName.map((id) => `ref('${id}')`).join(" or ")}?`;
  return projectError("table_unknown", { node: draft.id, location, params, next });
};

const suggestTable = (name: string, names: Names): string => {
  const text = suggestion(name, names.byName.keys());
  const close = /^Did you mean (.*)\?$/.exec(text)?.[1];
  const ids = close === undefined ? undefined : names.byName.get(close);
  return ids === undefined
    ? suggestion(name, names.nodes)
    : `Did you mean ${ids.map((id) => `ref('${id}')`).join(" or ")}?`;
};
