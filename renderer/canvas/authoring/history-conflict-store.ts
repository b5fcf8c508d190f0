import { createStore } from "zustand/vanilla";

import type { EditConflictView } from "../../../shared/api/index.ts";

interface Conflict {
  readonly step: "undo" | "redo";
  readonly places: readonly EditConflictView[];
}

/** A step of the history that met what another program wrote; `null` while there is none. */
export const historyConflict = createStore<{ readonly conflict: Conflict | null }>(() => ({ conflict: null }));
