// Walking columns through a project: what one is made of, what is made of it, whose rows it decides.

import type { NodeId } from "../../../shared/graph/index.ts";
import type { ProjectLineage, TableLineage } from "./node-lineage.ts";
import { type Condition, type ConditionUse, fieldNamed, type Source, type Use } from "./sql/index.ts";

/** A column of a table; `null` stands for a whole table, of which it cannot be told which column it is. */
export interface ColumnRef {
  readonly table: string;
  readonly column: string | null;
}

/** One step of a path: a column gets into another one. */
export interface ColumnStep {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
  readonly use: Use;
  /** Steps from where the path began, from 1. */
  readonly depth: number;
}

/** A column on the path that decides which rows a node has. */
export interface ConditionStep {
  readonly from: ColumnRef;
  readonly node: NodeId;
  readonly why: Condition;
}

export interface ColumnPath {
  readonly steps: readonly ColumnStep[];
  readonly conditions: readonly ConditionStep[];
}

const keyOf = ({ table, column }: ColumnRef): string => `${table}\n${column?.toLowerCase() ?? ""}\n${column === null}`;

/** What a column of a table is made of; `null` for a column that the table does not have. */
export const sourcesOf = (table: TableLineage, column: string): readonly Source[] | null => {
  const others = table.others.length > 0 ? table.others : null;
  return fieldNamed({ fields: table.columns, open: table.open, others }, column)?.sources ?? null;
};

/** Everything that a column is made of. */
export const upstreamOf = (lineage: ProjectLineage, start: ColumnRef, depth = Infinity): ColumnPath => {
  const steps = walk(start, depth, (ref) => {
    const table = lineage.tables.get(ref.table);
    const sources = table === undefined || ref.column === null ? [] : (sourcesOf(table, ref.column) ?? []);
    return sources.map(({ input, column, use }) => ({ ref: { table: input, column }, use }));
  }).map(({ near, far, use, depth: at }): ColumnStep => ({ from: far, to: near, use, depth: at }));
  const tables = new Set([start.table, ...steps.map(({ from }) => from.table)]);
  const conditions = [...new Set([...tables].map((table) => lineage.owner(table)))].flatMap((node) =>
    (lineage.nodes.get(node)?.conditions ?? []).flatMap(({ input, column, why }) =>
      why === "checked" || why === "exposed" ? [] : [{ from: { table: input, column }, node, why }],
    ),
  );
  return { steps, conditions };
};

/** Everything that is made of a column, and every node whose rows it decides. */
export const downstreamOf = (lineage: ProjectLineage, start: ColumnRef, depth = Infinity): ColumnPath => {
  const { readers } = indexOf(lineage);
  const steps = walk(start, depth, (ref) =>
    (readers.get(ref.table) ?? []).flatMap((table) =>
      columnsMadeOf(table, ref).map(({ column, use }) => ({ ref: { table: table.id, column }, use })),
    ),
  ).map(({ near, far, use, depth: at }): ColumnStep => ({ from: near, to: far, use, depth: at }));
  const reached = new Map([[keyOf(start), start], ...steps.map(({ to }) => [keyOf(to), to] as const)]);
  return { steps, conditions: [...reached.values()].flatMap((ref) => conditionsOn(lineage, ref)) };
};

/** What is looked up by the table that it is about; made once for a lineage, which never changes. */
interface Index {
  /** Tables by the tables that they read something of. */
  readonly readers: ReadonlyMap<string, readonly TableLineage[]>;
  /** Conditions by the table whose column they are on. */
  readonly conditions: ReadonlyMap<string, readonly { readonly node: NodeId; readonly use: ConditionUse }[]>;
}

const indexes = new WeakMap<ProjectLineage, Index>();

const indexOf = (lineage: ProjectLineage): Index => {
  const known = indexes.get(lineage);
  if (known !== undefined) return known;
  const readers = new Map<string, TableLineage[]>();
  for (const table of lineage.tables.values()) {
    const inputs = [...table.columns.flatMap(({ sources }) => sources), ...table.others].map(({ input }) => input);
    for (const input of new Set([...inputs, ...table.open])) {
      const list = readers.get(input);
      if (list === undefined) readers.set(input, [table]);
      else list.push(table);
    }
  }
  const uses = [...lineage.nodes.values()].flatMap(({ node, conditions }) => conditions.map((use) => ({ node, use })));
  const made = { readers, conditions: Map.groupBy(uses, ({ use }) => use.input) };
  indexes.set(lineage, made);
  return made;
};

const matches = (source: Source, { table, column }: ColumnRef): boolean =>
  source.input === table &&
  (source.column === null || column === null || source.column.toLowerCase() === column.toLowerCase());

const columnsMadeOf = (
  { columns, open, others }: TableLineage,
  ref: ColumnRef,
): readonly { readonly column: string | null; readonly use: Use }[] => {
  const listed = columns.flatMap(({ name, sources }) => {
    const source = sources.find((candidate) => matches(candidate, ref));
    return source === undefined ? [] : [{ column: name, use: source.use }];
  });
  const passed = open.includes(ref.table) ? [{ column: ref.column, use: "copied" as const }] : [];
  const unlisted = others.some((source) => matches(source, ref)) ? [{ column: null, use: "computed" as const }] : [];
  return [...listed, ...passed, ...unlisted];
};

const conditionsOn = (lineage: ProjectLineage, ref: ColumnRef): readonly ConditionStep[] =>
  (indexOf(lineage).conditions.get(ref.table) ?? []).flatMap(({ node, use }) =>
    matches(use, ref) ? [{ from: ref, node, why: use.why }] : [],
  );

interface Step {
  readonly near: ColumnRef;
  readonly far: ColumnRef;
  readonly use: Use;
  readonly depth: number;
}

/** Breadth first, so that a limit of depth counts the shortest way; each column is walked from once. */
const walk = (
  start: ColumnRef,
  limit: number,
  neighbours: (ref: ColumnRef) => readonly { readonly ref: ColumnRef; readonly use: Use }[],
): readonly Step[] => {
  const seen = new Set([keyOf(start)]);
  const steps: Step[] = [];
  let frontier: readonly ColumnRef[] = [start];
  for (let depth = 1; depth <= limit && frontier.length > 0; depth++) {
    const next: ColumnRef[] = [];
    for (const near of frontier) {
      for (const { ref, use } of neighbours(near)) {
        steps.push({ near, far: ref, use, depth });
        if (seen.has(keyOf(ref))) continue;
        seen.add(keyOf(ref));
        next.push(ref);
      }
    }
    frontier = next;
  }
  return steps;
};
