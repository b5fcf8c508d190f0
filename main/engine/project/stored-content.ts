// Between what a file says and what the manifest keeps of it.

import type { NodeId, PipelineNode } from "../../../shared/graph/index.ts";
import type { SqlAnalysis } from "../duckdb/sql-host.ts";
import type { FileContent, NodeDraft } from "./draft.ts";
import type { Manifest, StoredContent, StoredDraft } from "./manifest.ts";

type References = ReadonlyMap<NodeId, SqlAnalysis["references"]>;

export const storeContent = (
  content: FileContent,
  nodes: ReadonlyMap<NodeId, PipelineNode>,
  references: References,
): StoredContent => ({ ...content, drafts: content.drafts.map((draft) => storeDraft(draft, nodes, references)) });

const storeDraft = (
  draft: NodeDraft,
  nodes: ReadonlyMap<NodeId, PipelineNode>,
  references: References,
): StoredDraft => {
  const { id, document, named, renamed } = draft;
  const found = (references.get(id) ?? []).map(({ name, offset }) => [name, offset] as const);
  return { id, document, renamed, named, references: found, draft: isTheNode(draft, nodes.get(id)) ? null : draft };
};

/** Whether everything of the draft is in the node: nothing was filled in, and no other draft won its id. */
const isTheNode = (draft: NodeDraft, node: PipelineNode | undefined): boolean => {
  if (node === undefined || (node.config as unknown) !== draft.config || node.location !== draft.location) return false;
  if (draft.sql === null) return node.body === null || node.body === draft.python;
  return node.body?.language === "sql" && node.body.text === draft.sql.text;
};

export const restoreContent = (stored: StoredContent, manifest: Manifest): FileContent => ({
  ...stored,
  drafts: stored.drafts.flatMap((draft) => draft.draft ?? restoreDraft(draft, manifest.nodes[draft.id])),
});

const restoreDraft = (stored: StoredDraft, node: PipelineNode | undefined): NodeDraft | [] => {
  if (node === undefined) return [];
  const { id, kind, name, config, location, files, body } = node;
  const sql =
    body?.language === "sql" ? { text: body.text, location: body.location, places: body.places ?? null } : null;
  const python = body?.language === "python" ? body : null;
  const { document, named, renamed } = stored;
  return {
    id,
    kind,
    name,
    config,
    named,
    sql,
    python,
    location,
    files,
    document,
    renamed,
  };
};

/** What DuckDB said of texts that are still in the project, by text. */
export const knownAnalyses = (manifest: Manifest): ReadonlyMap<string, SqlAnalysis> => {
  const known = new Map<string, SqlAnalysis>();
  for (const { drafts } of Object.values(manifest.loaded.contents)) {
    for (const { id, references } of drafts) {
      const body = manifest.nodes[id]?.body;
      if (body?.language !== "sql") continue;
      const { hash, volatile, parameters } = body;
      const named = references.map(([name, offset]) => ({ name, offset }));
      known.set(body.text, { error: null, references: named, hash, volatile, parameters, columnNames: null });
    }
  }
  return known;
};
