// What the canvas brings out while everything else is dimmed, such as a column's path. Commands set it; the canvas reads.

import { createStore } from "zustand/vanilla";

export interface Highlight {
  /** Ids of the cards that stay bright. */
  readonly nodes: ReadonlySet<string>;
  /** Wires that light up, from the read node to the reading one. */
  readonly wires: readonly (readonly [from: string, to: string])[];
}

/** The window's one highlight; `null` shows every card as it is. */
export const highlight = createStore<{ readonly shown: Highlight | null }>(() => ({ shown: null }));

export const showHighlight = (shown: Highlight): void => highlight.setState({ shown });
export const clearHighlight = (): void => highlight.setState({ shown: null });
