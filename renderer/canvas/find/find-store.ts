import { createStore } from "zustand/vanilla";

import { selectNodes, type SelectableNode } from "../../../shared/graph/index.ts";
import { toHeadraceError } from "../../../shared/errors/index.ts";
import { graph, type GraphNode } from "../../store/graph-store.ts";
import { runs } from "../../store/run-store.ts";

export interface Find {
  readonly isOpen: boolean;
  readonly query: string;
  /** What the query names; `null` while there is no query that can be read. */
  readonly found: ReadonlySet<string> | null;
  /** Why the query names nothing, in words. */
  readonly problem: string | null;
  /** The match that was gone to last. */
  readonly at: number;
}

const closed: Find = { isOpen: false, query: "", found: null, problem: null, at: -1 };

/** What is searched for on the canvas. */
export const find = createStore<Find>(() => closed);

const selectable = (node: GraphNode): SelectableNode => {
  if (node.type === "broken") {
    return { id: node.id, kind: "broken", name: node.id, inputs: [], files: [node.view.file], config: {} };
  }
  const { id, kind, name, inputs, file, tags } = node.view;
  return { id, kind, name, inputs, files: [file], config: { tags } };
};

const staleIds = (): ReadonlySet<string> => {
  const steps = runs.plan?.steps ?? [];
  return new Set(steps.filter(({ action }) => action !== "cached" && action !== "skip").map(({ node }) => node));
};

/** Nodes that the words name: by the selector language, or by a part of their name where it does not know a word. */
export const findNodes = (
  nodes: readonly GraphNode[],
  query: string,
  stale: ReadonlySet<string>,
): { readonly found: ReadonlySet<string> | null; readonly problem: string | null } => {
  const words = query.trim();
  if (words === "") return { found: null, problem: null };
  const byId = new Map(nodes.map((node) => [node.id, selectable(node)]));
  const found = new Set<string>();
  let problem: string | null = null;
  for (const word of words.split(/\s+/)) {
    try {
      for (const id of selectNodes(byId, [word], { stale })) found.add(id);
    } catch (thrown) {
      const part = word.toLowerCase();
      const named = nodes.filter(({ id }) => id.toLowerCase().includes(part));
      for (const { id } of named) found.add(id);
      if (named.length === 0) problem ??= toHeadraceError(thrown).message;
    }
  }
  return { found: found.size === 0 && problem !== null ? null : found, problem };
};

const search = (query: string): Pick<Find, "found" | "problem"> => findNodes([...graph.nodes()], query, staleIds());

export const openFind = (): void => find.setState({ isOpen: true });
export const closeFind = (): void => find.setState(closed);
export const setQuery = (query: string): void => find.setState({ query, at: -1, ...search(query) });

/** The next match (the one before with -1), in the order of the cards from left to right; `null` without any. */
export const nextMatch = (step: 1 | -1): string | null => {
  const { found, at } = find.getState();
  if (found === null || found.size === 0) return null;
  const ids = [...found].filter((id) => graph.slotOf(id) >= 0).toSorted(byPlace);
  if (ids.length === 0) return null;
  const next = at < 0 && step < 0 ? ids.length - 1 : (at + step + ids.length) % ids.length;
  find.setState({ at: next });
  return ids[next] ?? null;
};

const byPlace = (a: string, b: string): number => {
  const [one, other] = [graph.positionOf(a), graph.positionOf(b)];
  return (one?.x ?? 0) - (other?.x ?? 0) || (one?.y ?? 0) - (other?.y ?? 0);
};

const again = (): void => {
  const { isOpen, query } = find.getState();
  if (isOpen && query !== "") find.setState(search(query));
};

/** Keeps what was found right while the pipeline changes. */
export const followFind = (): (() => void) => {
  const stops = [graph.on("structure", again), runs.on("plan", again)];
  return () => stops.forEach((stop) => stop());
};
