// Lineage in the form that the terminal prints and the window draws.

import type { NodeId } from "../../../shared/graph/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";
import { suggestion } from "../../../shared/graph/index.ts";
import type { NodeLineage, ProjectLineage } from "./node-lineage.ts";
import type { Condition } from "./sql/index.ts";
import { type ColumnPath, type ColumnRef, downstreamOf, sourcesOf, upstreamOf } from "./trace.ts";

/** Everything known about one column's way through the project. */
export interface ColumnReport {
  readonly table: string;
  readonly column: string;
  readonly upstream: ColumnPath;
  readonly downstream: ColumnPath;
  /** Nodes on the way, the column's own included. */
  readonly nodes: readonly NodeId[];
  /** Wires on the way, from the read node to the reading one. */
  readonly wires: readonly (readonly [from: NodeId, to: NodeId])[];
  /** What cannot be told along the way, with the node that it is about. */
  readonly notes: readonly { readonly node: NodeId; readonly text: string }[];
}

export interface Directions {
  readonly up: boolean;
  readonly down: boolean;
  readonly depth: number;
}

const nothing: ColumnPath = { steps: [], conditions: [] };

/** A column's report. Throws `lineage_column_unknown` for one that its table does not have. */
export const columnReport = (
  lineage: ProjectLineage,
  { table, column }: { readonly table: string; readonly column: string },
  { up, down, depth }: Directions = { up: true, down: true, depth: Infinity },
): ColumnReport => {
  const found = lineage.tables.get(table);
  if (found === undefined || sourcesOf(found, column) === null) throw unknownColumn(lineage, table, column);
  const name = found.columns.find((field) => field.name.toLowerCase() === column.toLowerCase())?.name ?? column;
  const start = { table, column: name };
  const upstream = up ? upstreamOf(lineage, start, depth) : nothing;
  const downstream = down ? downstreamOf(lineage, start, depth) : nothing;
  const wires = wiresOf(lineage, upstream, downstream);
  const nodes = new Set([lineage.owner(table), ...wires.flat()]);
  const notes = [...nodes].flatMap((node) => (lineage.nodes.get(node)?.notes ?? []).map((text) => ({ node, text })));
  return { table, column: name, upstream, downstream, nodes: [...nodes], wires, notes };
};

const unknownColumn = (lineage: ProjectLineage, table: string, column: string): ProjectError => {
  const node = lineage.owner(table);
  const names = lineage.tables.get(table)?.columns.map(({ name }) => name) ?? [];
  const hint = names.length === 0 ? `Run ${node} once: its columns are then known.` : suggestion(column, names);
  return new ProjectError("lineage_column_unknown", { node, params: { node: table, column, suggestion: hint } });
};

/** Conditions above a column are not its way: they choose rows, and are told beside it. */
const wiresOf = (
  lineage: ProjectLineage,
  upstream: ColumnPath,
  downstream: ColumnPath,
): readonly (readonly [NodeId, NodeId])[] => {
  const wires = new Map<string, readonly [NodeId, NodeId]>();
  const add = (from: string, to: string): void => {
    const wire = [lineage.owner(from), lineage.owner(to)] as const;
    if (wire[0] !== wire[1]) wires.set(wire.join(" "), wire);
  };
  for (const { steps } of [upstream, downstream]) for (const { from, to } of steps) add(from.table, to.table);
  for (const { from, node } of downstream.conditions) add(from.table, node);
  return [...wires.values()];
};

/** One column of a node as its panel lists it. */
export interface ColumnSummary {
  readonly name: string;
  readonly sources: readonly (ColumnRef & { readonly use: "copied" | "computed" })[];
  /** Columns that are made of it, and nodes whose rows it decides, one step away. */
  readonly readers: number;
}

export interface NodeReport {
  readonly node: NodeId;
  readonly basis: NodeLineage["basis"];
  readonly tables: readonly {
    readonly table: string;
    readonly columns: readonly ColumnSummary[];
    readonly passes: readonly string[];
  }[];
  readonly conditions: readonly (ColumnRef & { readonly why: Condition })[];
  readonly notes: readonly string[];
}

/** A node's columns with what each is made of. Throws `node_not_found`. */
export const nodeReport = (lineage: ProjectLineage, id: NodeId): NodeReport => {
  const found = lineage.nodes.get(id);
  if (found === undefined) {
    throw new ProjectError("node_not_found", {
      params: { node: id, suggestion: suggestion(id, [...lineage.nodes.keys()]) },
    });
  }
  return {
    node: id,
    basis: found.basis,
    tables: found.tables.map(({ id: table, columns, open }) => ({
      table,
      passes: open,
      columns: columns.map(({ name, sources }) => {
        const { steps, conditions } = downstreamOf(lineage, { table, column: name }, 1);
        const here = conditions.filter(({ from }) => from.table === table);
        return {
          name,
          sources: sources.map(({ input, column, use }) => ({ table: input, column, use })),
          readers: steps.length + here.length,
        };
      }),
    })),
    conditions: found.conditions.map(({ input, column, why }) => ({ table: input, column, why })),
    notes: found.notes,
  };
};
