import { type PipelineNode, tablesRead } from "../../../../shared/graph/index.ts";
import type { SqlLineage } from "../sql/index.ts";
import type { KindContext, KindLineage } from "./kind-lineage.ts";

/** The table that a name in a node's SQL stands for. */
const inputNamed =
  (inputs: readonly string[]) =>
  (written: string): string | null => {
    const name = written.toLowerCase();
    if (name === "__this__" || name === "source" || name === "input") return inputs[0] ?? null;
    const position = /^input_(\d+)$/.exec(name)?.[1];
    if (position !== undefined) return inputs[Number(position)] ?? null;
    return inputs.find((id) => id.toLowerCase() === name) ?? null;
  };

/** What a node's own SQL makes of its inputs; `null` for a node without SQL. */
export const bodyLineage = async (
  node: PipelineNode,
  context: KindContext,
  actual: readonly string[] | null,
): Promise<SqlLineage | null> => {
  if (node.body?.language !== "sql") return null;
  const inputs = node.tables ?? tablesRead(node);
  return context.sql(node.body.text, inputNamed(inputs), (table) => context.columnsOf(table), actual);
};

/** A transform: its SQL says it all. */
export const sqlNodeLineage: KindLineage = async (node, context) => {
  const lineage = await bodyLineage(node, context, context.actual);
  if (lineage === null) {
    return { node: node.id, basis: "unknown", tables: [], conditions: [], mentions: [], rows: null, notes: [] };
  }
  const { columns, open, others, conditions, mentions, notes } = lineage;
  const table = { id: node.id, columns, open, others };
  return { node: node.id, basis: "sql", tables: [table], conditions, mentions, rows: null, notes };
};
