import { createStore } from "zustand/vanilla";

/** SQL that is being written, whose rows the preview shows in place of the node's output. */
export interface PreviewDraft {
  readonly node: string;
  readonly sql: string;
}

/** The present draft; an editor sets it, `null` goes back to the output. */
export const previewDraft = createStore<{ readonly draft: PreviewDraft | null }>(() => ({ draft: null }));

/** Shows in the preview what a node would give with this SQL, from the beginning of its inputs. */
export const showDraft = (node: string, sql: string): void => previewDraft.setState({ draft: { node, sql } });

/** Goes back to the output; of one node only when that is given. */
export const closeDraft = (node: string | null = null): void => {
  const { draft } = previewDraft.getState();
  if (draft !== null && (node === null || draft.node === node)) previewDraft.setState({ draft: null });
};
