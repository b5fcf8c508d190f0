import { createStore } from "zustand/vanilla";

/** The SQL that an editor of the window holds and that DuckDB takes, for a preview of it before it is run. */
export interface EditedSql {
  readonly node: string;
  readonly sql: string;
}

/** `null` while no SQL is edited, or it is as it is saved, or it has errors. */
export const editedSql = createStore<{ readonly edited: EditedSql | null }>(() => ({ edited: null }));
