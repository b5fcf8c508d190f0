import { ProjectError } from "../../../shared/errors/index.ts";
import { type Engine, lineageRoom, type Project, type ProjectLineage } from "../../engine/index.ts";
import { breaksText } from "../lineage/breaks-text.ts";
import { columnText } from "../lineage/column-text.ts";
import { columnGraph, mermaid, nodeGraph } from "../lineage/mermaid.ts";
import { graphText, nodeText } from "../lineage/node-text.ts";
import { findTable, openEngine } from "../open-project.ts";
import type { Execute, ProjectOptions, Session } from "../session.ts";
import { printLines } from "../terminal.ts";

interface LineageOptions extends ProjectOptions {
  readonly up?: boolean;
  readonly down?: boolean;
  readonly depth?: number;
  readonly mermaid?: boolean;
  readonly breaks?: boolean;
}

interface Target {
  readonly table: string;
  readonly column: string | null;
}

interface Answer {
  readonly lines: readonly string[];
  readonly json: unknown;
  readonly graph: readonly string[];
}

/** `headrace lineage [NODE|NODE.column]`: where columns come from and where they go, as the window shows it. */
export const execute: Execute<LineageOptions> = async (session, options, [wanted]) => {
  const { terminal } = session;
  await using engine = await openEngine(session, options);
  const { lines, json, graph } = await answer(session, engine, options, wanted);
  if (options.json === true) terminal.write(`${JSON.stringify(json)}\n`);
  else printLines(terminal, options.mermaid === true ? graph : lines);
  return 0;
};

const answer = async (
  session: Session,
  engine: Engine,
  options: LineageOptions,
  wanted: string | undefined,
): Promise<Answer> => {
  const project = await engine.project();
  const lineage = await engine.lineage(session.signal);
  const target = wanted === undefined ? null : readTarget(project, lineage, wanted);
  if (options.breaks === true) return breaks(session, project, lineage, target);
  const both = options.up === options.down;
  const directions = {
    up: both || options.up === true,
    down: both || options.down === true,
    depth: options.depth ?? Infinity,
  };
  const { columnReport, nodeReport } = await lineageRoom();
  const { style } = session.terminal;
  if (target?.column != null) {
    const report = columnReport(lineage, { table: target.table, column: target.column }, directions);
    return { lines: columnText(report, style), json: report, graph: mermaid(columnGraph(report)) };
  }
  const around = nodeGraph(project, target === null ? null : lineage.owner(target.table), directions);
  if (target === null) return { lines: graphText(around, style), json: around, graph: mermaid(around) };
  const report = nodeReport(lineage, lineage.owner(target.table));
  return { lines: nodeText(report, around, style), json: { ...report, ...around }, graph: mermaid(around) };
};

const breaks = async (
  session: Session,
  project: Project,
  lineage: ProjectLineage,
  target: Target | null,
): Promise<Answer> => {
  if (target?.column == null) throw new ProjectError("lineage_target_missing");
  const { breaksOf, columnReport } = await lineageRoom();
  const { table, column } = columnReport(lineage, { table: target.table, column: target.column });
  const found = breaksOf(project, lineage, { table, column });
  const lines = breaksText({ table, column }, found, session.terminal.style);
  return { lines, json: { table, column, ...found }, graph: lines };
};

/** A node, or one of its columns: the longest beginning that names a table is the table. */
const readTarget = (project: Project, lineage: ProjectLineage, wanted: string): Target => {
  if (project.nodes.has(wanted)) return { table: wanted, column: null };
  const parts = wanted.split(".");
  for (let length = parts.length - 1; length > 0; length--) {
    const table = parts.slice(0, length).join(".");
    const column = parts.slice(length).join(".");
    // An exposure may well have the name of the table that it hands out: that one is meant.
    const named = [...project.nodes.values()].filter(({ kind, name }) => name === table && kind !== "exposure");
    if (lineage.tables.has(table)) return { table, column };
    if (named.length === 1 && named[0] !== undefined) return { table: named[0].id, column };
  }
  return { table: findTable(project, wanted), column: null };
};
