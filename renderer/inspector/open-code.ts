import { createStore } from "zustand/vanilla";

import type { TextPart } from "../../shared/api/index.ts";
import type { SourceLocation } from "../../shared/errors/index.ts";
import { graph } from "../store/graph-store.ts";
import { showTab } from "../store/layout-store.ts";

/** A place in a node's text that the Code tab is asked to go to. */
export interface CodeRequest {
  readonly node: string;
  /** `null`: wherever its text begins. */
  readonly place: Pick<SourceLocation, "file" | "line" | "column"> | null;
}

export interface CodeChoice {
  readonly request: CodeRequest | null;
  /** The text that the person chose to see, where a node has several. */
  readonly part: TextPart["part"] | null;
}

/** What the Code tab was asked to show. */
export const codeChoice = createStore<CodeChoice>(() => ({ request: null, part: null }));

/** Shows a node's text in the Code tab, at a place of its file. */
export const openCode = (node: string, place: CodeRequest["place"] = null): void => {
  if (graph.slotOf(node) >= 0) graph.select([node]);
  codeChoice.setState({ request: { node, place }, part: null });
  showTab("right", "code");
};
