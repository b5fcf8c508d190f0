import { createStore } from "zustand/vanilla";

interface Palette {
  readonly isOpen: boolean;
  readonly query: string;
  /** Another one at each opening. */
  readonly turn: number;
}

/** The command palette: open with what is typed in it, or closed. */
export const palette = createStore<Palette>(() => ({ isOpen: false, query: "", turn: 0 }));

export const openPalette = (query: string): void =>
  palette.setState(({ turn }) => ({ isOpen: true, query, turn: turn + 1 }));
export const closePalette = (): void => palette.setState({ isOpen: false });
