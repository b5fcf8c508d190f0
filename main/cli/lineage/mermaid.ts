import type { ColumnReport, Project } from "../../engine/index.ts";

/** Boxes and arrows, ready to be drawn by anything. */
export interface Graph {
  readonly nodes: readonly string[];
  readonly wires: readonly (readonly [from: string, to: string])[];
}

interface Directions {
  readonly up: boolean;
  readonly down: boolean;
  readonly depth: number;
}

/** The graph around one node, or all of it. */
export const nodeGraph = (project: Project, start: string | null, { up, down, depth }: Directions): Graph => {
  const all = [...project.nodes.values()].flatMap(({ id, inputs }) => inputs.map((input) => [input, id] as const));
  if (start === null) return { nodes: [...project.nodes.keys()], wires: all };
  const found = new Set([start]);
  const follow = (from: 0 | 1): void => {
    let edge = [start];
    for (let step = 0; step < depth && edge.length > 0; step++) {
      const next = all.flatMap((wire) =>
        edge.includes(wire[from]) && !found.has(wire[from === 0 ? 1 : 0]) ? [wire[from === 0 ? 1 : 0]] : [],
      );
      for (const id of next) found.add(id);
      edge = [...new Set(next)];
    }
  };
  if (up) follow(1);
  if (down) follow(0);
  const nodes = [...project.nodes.keys()].filter((id) => found.has(id));
  return { nodes, wires: all.filter(([from, to]) => found.has(from) && found.has(to)) };
};

/** A column's way: a box a column. */
export const columnGraph = ({ table, column, upstream, downstream }: ColumnReport): Graph => {
  const name = (ref: { readonly table: string; readonly column: string | null }): string =>
    `${ref.table}.${ref.column ?? "?"}`;
  const wires = [...upstream.steps, ...downstream.steps].map(({ from, to }) => [name(from), name(to)] as const);
  return { nodes: [...new Set([`${table}.${column}`, ...wires.flat()])], wires };
};

/** The text of a Mermaid flowchart. */
export const mermaid = ({ nodes, wires }: Graph): readonly string[] => {
  const ids = new Map(nodes.map((node, at) => [node, `n${at}`]));
  const label = (text: string): string => text.replaceAll('"', "#quot;").replaceAll("\n", " ");
  return [
    "flowchart LR",
    ...nodes.map((node) => `  ${ids.get(node) ?? ""}["${label(node)}"]`),
    ...new Set(wires.map(([from, to]) => `  ${ids.get(from) ?? ""} --> ${ids.get(to) ?? ""}`)),
  ];
};
