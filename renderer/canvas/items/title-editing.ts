import { createStore } from "zustand/vanilla";

/** The group whose title is being typed; `null` for none. */
export const titleEditing = createStore<{ readonly group: string | null }>(() => ({ group: null }));

export const editTitle = (group: string | null): void => titleEditing.setState({ group });
