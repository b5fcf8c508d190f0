import type { PipelineNode } from "../../../../shared/graph/index.ts";
import type { Project } from "../../project/project.ts";
import type { NodeLineage, TableLineage } from "../node-lineage.ts";
import type { Field, SqlLineage } from "../sql/index.ts";

/** What a kind's lineage may ask. */
export interface KindContext {
  readonly project: Project;
  /** The tables that the node reads, in input order. */
  readonly inputs: readonly string[];
  /** The node's own columns where they are known, by DuckDB or its last run. */
  readonly actual: readonly string[] | null;
  /** Further tables of the node that its last run left, by their names. */
  readonly further: ReadonlyMap<string, readonly string[]>;
  /** Columns of an input; `null` while nobody can know them. */
  columnsOf(table: string): readonly string[] | null;
  /** Lineage of one SELECT whose names stand for tables as `input` says. */
  sql(
    text: string,
    input: (name: string) => string | null,
    columns: (table: string) => readonly string[] | null,
    actual: readonly string[] | null,
  ): Promise<SqlLineage>;
}

/** The lineage of a kind of node. */
export type KindLineage = (node: PipelineNode, context: KindContext) => Promise<NodeLineage>;

/** A column taken over from an input as it is. */
export const copiedFrom = (input: string, column: string, name = column): Field => ({
  name,
  sources: [{ input, column, use: "copied" }],
  named: name === column ? [{ input, column }] : [],
});

/** An input's table as it is; open where its columns are not known. */
export const copyOf = (id: string, input: string, { columnsOf }: KindContext): TableLineage => {
  const columns = columnsOf(input);
  if (columns === null) return { id, columns: [], open: [input], others: [] };
  return { id, columns: columns.map((column) => copiedFrom(input, column)), open: [], others: [] };
};
