import { isKind, type NodeId, type PipelineNode } from "../../../../shared/graph/index.ts";
import type { Project } from "../../project/project.ts";
import type { NodeLineage, ProjectLineage } from "../node-lineage.ts";
import type { ColumnRef } from "../trace.ts";
import { settingUses } from "./setting-uses.ts";

/** A node that would no longer run, and what in it names the column. */
export interface Broken {
  readonly node: NodeId;
  /** The columns of its inputs that it names and that would be gone. */
  readonly names: readonly ColumnRef[];
  readonly how: "sql" | "settings";
}

/** What happens to the rest of a project when a column goes. */
export interface Breaks {
  readonly fails: readonly Broken[];
  /** Nodes that still run, without a column that they passed on. */
  readonly loses: readonly ColumnRef[];
  /** Python nodes that read a table which loses a column: nobody but a person can tell. */
  readonly check: readonly NodeId[];
  /** What would wait for a node that fails. */
  readonly blocked: readonly NodeId[];
}

const isSame = (a: string | null, b: string | null): boolean => a?.toLowerCase() === b?.toLowerCase();

/** What breaks if a column goes: who names it, who silently loses it too, and what waits for those. */
export const breaksOf = (project: Project, lineage: ProjectLineage, start: ColumnRef): Breaks => {
  const fails = new Map<NodeId, Broken>();
  const loses = new Map<string, ColumnRef>();
  const check = new Set<NodeId>();
  const gone: ColumnRef[] = [start];
  for (let ref = gone.shift(); ref !== undefined; ref = gone.shift()) {
    for (const node of project.nodes.values()) {
      const own = lineage.nodes.get(node.id);
      if (own === undefined || !readsTable(node, ref.table)) continue;
      if (own.basis === "python") check.add(node.id);
      const how = namedIn(node, own, ref);
      if (how !== null) {
        const names = [...(fails.get(node.id)?.names ?? []), ref];
        fails.set(node.id, { node: node.id, names, how });
        continue;
      }
      for (const lost of passedOn(own, ref)) {
        const key = `${lost.table}\n${lost.column?.toLowerCase() ?? ""}`;
        if (loses.has(key)) continue;
        loses.set(key, lost);
        gone.push(lost);
      }
    }
  }
  const blocked = waitingFor(project, new Set(fails.keys()));
  return {
    fails: [...fails.values()],
    loses: [...loses.values()].filter(({ table }) => !fails.has(lineage.owner(table))),
    check: [...check],
    blocked,
  };
};

/** Whether a node reads a table. */
export const readsTable = (node: PipelineNode, table: string): boolean => (node.tables ?? node.inputs).includes(table);

/** Whether a node says a column's name, and where. */
const namedIn = (node: PipelineNode, own: NodeLineage, { table, column }: ColumnRef): Broken["how"] | null => {
  if (own.mentions.some((mention) => mention.input === table && isSame(mention.column, column))) return "sql";
  if (node.body?.language === "sql" && own.rows === null) return null;
  const through = own.rows?.filter(({ named }) =>
    named.some((origin) => origin.input === table && isSame(origin.column, column)),
  );
  const names = through?.map(({ name }) => name) ?? [column];
  const config = node.config as unknown as Readonly<Record<string, unknown>>;
  const uses = settingUses(node.kind, config).filter(({ of }) => of === "input");
  const isUsed = uses.some((use) => names.some((name) => isSame(use.column, name)));
  if (isUsed) return "settings";
  const features = isKind(node, "transform") ? (node.config.point_in_time?.features ?? []) : [];
  const isTaken = features.some((feature) => isSame(feature, `${table}.${column ?? ""}`));
  return isTaken ? "settings" : null;
};

/** The columns of a node that are this one under its own name, without the node saying so. */
const passedOn = (own: NodeLineage, { table, column }: ColumnRef): readonly ColumnRef[] =>
  own.tables.flatMap(({ id, columns, open }) => [
    ...columns
      .filter(({ named }) => named.some((origin) => origin.input === table && isSame(origin.column, column)))
      .map(({ name }) => ({ table: id, column: name })),
    ...(open.includes(table) ? [{ table: id, column }] : []),
  ]);

const waitingFor = (project: Project, failing: ReadonlySet<NodeId>): readonly NodeId[] => {
  const blocked = new Set<NodeId>();
  for (const node of project.nodes.values()) {
    if (node.inputs.some((input) => failing.has(input) || blocked.has(input)) && !failing.has(node.id))
      blocked.add(node.id);
  }
  return [...blocked];
};
