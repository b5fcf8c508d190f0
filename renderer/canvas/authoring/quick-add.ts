import { matchScore } from "../../commands/match.ts";
import { graph, type Position } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";
import { isIconName } from "../../ui/icon.tsx";
import type { CanvasEdge } from "../canvas-hooks.ts";
import { viewport } from "../viewport.ts";
import { addNode, focusCanvas } from "./add-node.ts";
import { type Choice, choose } from "./chooser-store.ts";
import { chooseFiles } from "./choose-files.ts";
import { dropFiles } from "./drop-files.ts";
import { nameOf } from "./names.ts";
import { rankTemplates } from "./rank-templates.ts";
import { recentTemplates } from "./recent-templates.ts";
import { findTemplate, type Template, templates } from "./templates.ts";

const words = text.author;
/** The entry that brings files in, beside the templates. */
const fromFiles = "files";

export interface QuickAdd {
  /** Nodes that the new one is to read, where it can. */
  readonly reads: readonly string[];
  /** Canvas units; where the list opens and the card goes. */
  readonly at?: Position | null;
  /** The wire that the new node is put into. */
  readonly edge?: CanvasEdge | null;
  /** Only what can read the nodes. */
  readonly onlyReaders?: boolean;
}

/** Nodes that a new one can read: not exposures, not broken files. */
export const readable = (ids: Iterable<string>): readonly string[] =>
  [...ids].filter((id) => {
    const node = graph.get(id);
    return node?.type === "node" && node.view.kind !== "exposure";
  });

/** Asks what to add, and adds it. */
export const quickAdd = async ({ reads, at = null, edge = null, onlyReaders = false }: QuickAdd): Promise<void> => {
  const recent = recentTemplates();
  const offered = onlyReaders ? templates.filter((one) => one.reads !== 0) : templates;
  const label = edge === null ? labelFor(reads) : words.into(nameOf(edge.from), nameOf(edge.to));
  const id = await choose({
    label,
    placeholder: words.addPlaceholder,
    nothing: words.addNothing,
    at: at === null ? null : onScreen(at),
    choices: (query) => [
      ...rankTemplates(offered, query, { tables: reads.length, recent }).map(choiceOf),
      ...(onlyReaders || matchScore(query, words.addFile) === null ? [] : [filesChoice]),
    ],
  });
  focusCanvas();
  if (id === fromFiles) return dropFiles(await chooseFiles(), at);
  const template = id === null ? null : findTemplate(id);
  if (template === null) return undefined;
  const tables = await withSecond(template, reads, at);
  if (tables !== null) await addNode({ template, reads: tables, at, edge });
  return undefined;
};

const labelFor = (reads: readonly string[]): string => (reads.length === 0 ? words.add : words.addAfter);

const choiceOf = ({ id, label, help, icon }: Template): Choice => ({
  id,
  title: label,
  detail: help,
  icon,
  refusal: null,
});

const filesChoice: Choice = { id: fromFiles, title: words.addFile, detail: "", icon: "file", refusal: null };

/** A join of one table asks for the other; `null` when that question was left. */
export const withSecond = async (
  { reads: wanted }: Template,
  reads: readonly string[],
  at: Position | null,
): Promise<readonly string[] | null> => {
  const [first] = reads;
  if (wanted !== 2 || reads.length !== 1 || first === undefined) return reads;
  const others = readable(graph.ids()).filter((id) => id !== first);
  if (others.length === 0) return reads;
  const second = await choose({
    label: words.joinWith(nameOf(first)),
    placeholder: words.joinPlaceholder,
    nothing: words.joinNothing,
    at: at === null ? null : onScreen(at),
    choices: (query) => rankNodes(others, query, first).map((id) => nodeChoice(id, null)),
  });
  focusCanvas();
  return second === null ? null : [first, second];
};

/** Nodes that answer a query: by the words, then by how near they stand to another. */
export const rankNodes = (ids: readonly string[], query: string, near: string): readonly string[] => {
  const from = graph.positionOf(near) ?? { x: 0, y: 0 };
  const distance = (id: string): number => {
    const at = graph.positionOf(id) ?? from;
    return Math.hypot(at.x - from.x, at.y - from.y);
  };
  return ids
    .flatMap((id) => {
      const score = matchScore(query, id);
      return score === null ? [] : [{ id, score, distance: distance(id) }];
    })
    .toSorted((a, b) => b.score - a.score || a.distance - b.distance)
    .map(({ id }) => id);
};

export const nodeChoice = (id: string, refusal: string | null): Choice => {
  const node = graph.get(id);
  const kind = node?.type === "node" ? node.view.kind : "broken";
  return {
    id,
    title: nameOf(id),
    detail: node?.type === "node" ? node.view.summary : "",
    icon: isIconName(kind) ? kind : "file",
    refusal,
  };
};

/** Where a canvas point is in the window. */
export const onScreen = (at: Position): { readonly x: number; readonly y: number } => {
  const { x, y, zoom, left, top } = viewport.getState();
  return { x: left + x + at.x * zoom, y: top + y + at.y * zoom };
};
