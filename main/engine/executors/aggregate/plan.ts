import type { Project } from "../../project/project.ts";
import {
  type AggregationNode,
  aggregationSql,
  type AggregationSpec,
  type ColumnUse,
  columnUses,
  readSpec,
  type TableSql,
} from "../../windows/index.ts";
import type { RunInterval } from "../executor.ts";

/** What an aggregation will do: its SELECTs, and what they take for granted about the tables they read. */
export interface AggregationPlan {
  readonly mode: AggregationSpec["looking"]["mode"];
  readonly tables: readonly TableSql[];
  readonly uses: readonly ColumnUse[];
  /** Conditions of the file, each once. */
  readonly filters: readonly string[];
  /** Names of the columns that are added, where a table keeps those of its rows. */
  readonly added: readonly string[];
  /** Whether its SQL binds the run's date or interval. */
  readonly seesInterval: boolean;
}

const runNames = /\$(?:date|start|end)\b/;

/** Pure: from the node's file and the run's interval. Throws for what the file gets wrong. */
export const planAggregation = (node: AggregationNode, project: Project, interval: RunInterval): AggregationPlan => {
  const spec = readSpec(node, project, interval);
  const measures = spec.tables.flatMap((table) => table.measures);
  const filters = [...new Set(measures.flatMap(({ filter }) => filter ?? []))];
  const { mode } = spec.looking;
  const keeps = mode === "per_event" || mode === "spine";
  const tables = aggregationSql(spec);
  return {
    mode,
    tables,
    uses: columnUses(spec),
    filters,
    added: keeps ? [...new Set(measures.map(({ name }) => name))] : [],
    seesInterval: tables.some(({ sql }) => runNames.test(sql)),
  };
};
