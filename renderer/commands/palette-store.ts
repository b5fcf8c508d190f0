import { createStore } from "zustand/vanilla";

/** The command palette: open with what is typed in it, or closed. */
export const palette = createStore<{ readonly isOpen: boolean; readonly query: string }>(() => ({
  isOpen: false,
  query: "",
}));

export const openPalette = (query: string): void => palette.setState({ isOpen: true, query });
export const closePalette = (): void => palette.setState({ isOpen: false });
