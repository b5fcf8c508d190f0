// What the canvas brings out while everything else is dimmed: a column's path, what a search found.

import { create } from "zustand";

export interface Highlight {
  /** Who asked: a new highlight of the same origin replaces the former one, and only that origin clears it. */
  readonly origin: "lineage" | "find";
  /** Ids of the cards that stay bright. */
  readonly nodes: ReadonlySet<string>;
  /** Wires that light up, as `edgeKey`; `null` lights every wire between two bright cards. */
  readonly edges: ReadonlySet<string> | null;
  /** Said to those who hear the canvas and shown beside it, e.g. `orders.amount: 3 nodes upstream, 5 downstream`. */
  readonly label: string;
}

interface HighlightState {
  readonly highlight: Highlight | null;
}

/** The key of the wire from one node to another. */
export const edgeKey = (from: string, to: string): string => `${from} ${to}`;

/** The one highlight of the window; `null` shows every card as it is. */
export const useHighlight = create<HighlightState>(() => ({ highlight: null }));

export const showHighlight = (highlight: Highlight): void => useHighlight.setState({ highlight });

/** Takes a highlight away, if it is still the one of `origin`. */
export const clearHighlight = (origin: Highlight["origin"]): void =>
  useHighlight.setState(({ highlight }) => ({ highlight: highlight?.origin === origin ? null : highlight }));

/** Whether a card is to be dimmed now. */
export const isDimmed = (id: string): boolean => {
  const { highlight } = useHighlight.getState();
  return highlight !== null && !highlight.nodes.has(id);
};

/** Whether a wire is part of what is brought out. */
export const isLit = (from: string, to: string): boolean => {
  const { highlight } = useHighlight.getState();
  if (highlight === null) return false;
  if (highlight.edges !== null) return highlight.edges.has(edgeKey(from, to));
  return highlight.nodes.has(from) && highlight.nodes.has(to);
};
