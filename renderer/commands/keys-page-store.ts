import { createStore } from "zustand/vanilla";

/** Whether the page of keys is open. */
export const keysPage = createStore<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));
export const openKeysPage = (): void => keysPage.setState({ isOpen: true });
