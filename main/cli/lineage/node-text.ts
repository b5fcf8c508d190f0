import type { NodeReport } from "../../engine/index.ts";
import { visible } from "../text/format.ts";
import type { Style } from "../text/style.ts";
import { padRight } from "../text/width.ts";
import type { Graph } from "./mermaid.ts";

const basisText: Readonly<Record<NodeReport["basis"], string>> = {
  sql: "columns followed through its SQL",
  settings: "columns followed through its settings",
  python: "a Python function: tables are followed, columns are not",
  origin: "data enters the project here",
  unknown: "its columns cannot be followed",
};

/** Each node with what it reads. */
export const graphText = ({ nodes, wires }: Graph, style: Style): readonly string[] =>
  nodes.map((node) => {
    const inputs = wires.filter(([, to]) => to === node).map(([from]) => from);
    return inputs.length === 0 ? visible(node) : `${visible(node)} ${style.quiet("←")} ${visible(inputs.join(", "))}`;
  });

/** A node's columns, each with what it is made of, and the nodes around it. */
export const nodeText = (report: NodeReport, around: Graph, style: Style): readonly string[] => {
  const above = around.wires.filter(([, to]) => to === report.node).map(([from]) => from);
  const below = around.wires.filter(([from]) => from === report.node).map(([, to]) => to);
  return [
    `${style.strong(visible(report.node))}  ${style.quiet(basisText[report.basis])}`,
    ...list("reads", above, style),
    ...list("read by", below, style),
    ...report.tables.flatMap(({ table, columns, passes }) => [
      "",
      style.quiet(table === report.node ? "columns" : table),
      ...columnLines(columns, style),
      ...passes.map((input) => `  ${style.quiet(`every column of ${input}`)}`),
    ]),
    ...list(
      "rows by",
      [...new Set(report.conditions.map(({ table, column, why }) => `${why} ${table}.${column ?? "?"}`))],
      style,
    ),
    ...list("not told", report.notes, style),
  ];
};

const columnLines = (columns: NodeReport["tables"][number]["columns"], style: Style): readonly string[] => {
  const width = Math.max(0, ...columns.map(({ name }) => visible(name).length));
  return columns.map(({ name, sources }) => {
    const from = sources.map(
      ({ table, column, use }) => `${table}.${column ?? "?"}${use === "copied" ? "" : " (computed)"}`,
    );
    return `  ${padRight(visible(name), width)}  ${from.length === 0 ? "" : style.quiet("← ")}${visible(from.join(", "))}`.trimEnd();
  });
};

const list = (title: string, items: readonly string[], style: Style): readonly string[] =>
  items.length === 0 ? [] : ["", style.quiet(title), ...items.map((item) => `  ${visible(item)}`)];
