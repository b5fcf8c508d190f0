import { createStore } from "zustand/vanilla";

import { graph } from "../store/graph-store.ts";

/** Whose text the Code tab shows; `null` with none or several nodes selected. */
export const codeSubject = createStore<{ readonly id: string | null }>(() => ({ id: null }));

let last: { readonly id: string; readonly file: string; readonly line: number } | null = null;

const isTyping = (): boolean => document.activeElement?.closest(".code-editor") !== null;

/** A node that its own text has just renamed stays the subject under its new name: its editor must not go meanwhile. */
const follow = (): void => {
  const [id = null] = graph.selection;
  const node = id === null || graph.selection.size > 1 ? null : graph.get(id);
  if (node !== null) {
    last = { id: node.id, file: node.view.file, line: node.view.line };
    codeSubject.setState({ id: node.id });
    return;
  }
  const isRenamed = last !== null && graph.slotOf(last.id) < 0 && graph.selection.size === 0 && isTyping();
  if (last === null || !isRenamed) return codeSubject.setState({ id: null });
  const { file, line } = last;
  const distance = (other: number): number => Math.abs(other - line);
  const heirs = [...graph.nodes()].filter(({ view }) => view.file === file);
  const [heir] = heirs.toSorted((a, b) => distance(a.view.line) - distance(b.view.line));
  if (heir !== undefined) graph.select([heir.id]);
};

follow();
graph.on("selection", follow);
graph.on("structure", follow);
