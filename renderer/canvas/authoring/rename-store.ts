import { createStore } from "zustand/vanilla";

/** The node whose name is being written; `null` for none. */
export const renaming = createStore<{ readonly node: string | null }>(() => ({ node: null }));

export const startRenaming = (node: string): void => renaming.setState({ node });
export const endRenaming = (): void => renaming.setState({ node: null });
