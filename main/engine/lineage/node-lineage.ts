import type { NodeId } from "../../../shared/graph/index.ts";
import type { ConditionUse, Field, Mention, Source } from "./sql/index.ts";

/** A table of a node: its main one under the node's id, further ones under `kind.node__table`. */
export interface TableLineage {
  readonly id: string;
  readonly columns: readonly Field[];
  /** Inputs all of whose columns are passed on under their own names, none of which is known yet. */
  readonly open: readonly string[];
  /** What columns may be made of that are only known once the node has run. */
  readonly others: readonly Source[];
}

/** What a node does with its inputs' columns. */
export interface NodeLineage {
  readonly node: NodeId;
  /**
   * How that is known: `sql` and `settings` are exact; `python` only says which tables a function reads; `origin` is
   * where data enters; `unknown` says why in `notes`.
   */
  readonly basis: "sql" | "settings" | "python" | "origin" | "unknown";
  readonly tables: readonly TableLineage[];
  readonly conditions: readonly ConditionUse[];
  /** Places in the node's SQL that name an input's column; offsets into the body's text. */
  readonly mentions: readonly Mention[];
  /** The rows that a node's own SQL hands to its settings, where it has both. */
  readonly rows: readonly Field[] | null;
  readonly notes: readonly string[];
}

/** Every node's lineage, in dependency order. */
export interface ProjectLineage {
  readonly nodes: ReadonlyMap<NodeId, NodeLineage>;
  /** Every table by its id. */
  readonly tables: ReadonlyMap<string, TableLineage>;
  /** The node that a table belongs to. */
  readonly owner: (table: string) => NodeId;
}

export const tableOf = (id: string, columns: readonly Field[]): TableLineage => ({
  id,
  columns,
  open: [],
  others: [],
});

/** Every input as a whole: what is said where its columns cannot be told apart. */
export const wholeInputs = (inputs: readonly string[]): readonly Source[] =>
  inputs.map((input) => ({ input, column: null, use: "computed" as const }));
