import { createStore } from "zustand/vanilla";

import type { IconName } from "../../ui/icon.tsx";

/** One line of a list to choose from. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly icon: IconName;
  /** Why it cannot be chosen; `null` when it can. */
  readonly refusal: string | null;
}

/** A list with typing, at a place of the window. */
export interface ChooserRequest {
  readonly label: string;
  readonly placeholder: string;
  readonly nothing: (query: string) => string;
  /** The lines that answer a query, best first. */
  readonly choices: (query: string) => readonly Choice[];
  /** Pixels of the window; its middle when `null`. */
  readonly at: { readonly x: number; readonly y: number } | null;
}

interface ChooserState {
  readonly request: ChooserRequest | null;
  readonly answer: (id: string | null) => void;
}

/** The list that is open now. */
export const chooser = createStore<ChooserState>(() => ({ request: null, answer: () => undefined }));

/** Opens a list; the id that was chosen, `null` when it was left. */
export const choose = (request: ChooserRequest): Promise<string | null> => {
  chooser.getState().answer(null);
  return new Promise((resolve) => {
    chooser.setState({
      request,
      answer(id) {
        chooser.setState({ request: null, answer: () => undefined });
        resolve(id);
      },
    });
  });
};
