import type { Column } from "../../../shared/graph/index.ts";
import type { NodeResult } from "../../../shared/run/index.ts";

export interface TypeChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What became of a node's output between two runs. */
export interface ResultDifference {
  readonly node: string;
  readonly state: "unchanged" | "changed" | "new" | "gone";
  readonly rowsBefore: number | null;
  readonly rowsAfter: number | null;
  readonly columnsAdded: readonly Column[];
  readonly columnsRemoved: readonly Column[];
  readonly typesChanged: readonly TypeChange[];
}

const columnsOf = (result: NodeResult | null): readonly Column[] => result?.metadata.columns ?? [];
const without = (columns: readonly Column[], others: readonly Column[]): readonly Column[] =>
  columns.filter(({ name }) => !others.some((other) => other.name === name));

const stateOf = (before: NodeResult | null, after: NodeResult | null): ResultDifference["state"] => {
  if (before === null) return after === null ? "unchanged" : "new";
  if (after === null) return "gone";
  const same = before.metadata.output_hash !== null && before.metadata.output_hash === after.metadata.output_hash;
  return same ? "unchanged" : "changed";
};

/** Compares two results of one node by their recorded hashes, row counts and columns; reads no data. */
export function compareResults(node: string, before: NodeResult | null, after: NodeResult | null): ResultDifference {
  const old = columnsOf(before);
  const present = columnsOf(after);
  const typesChanged = present.flatMap(({ name, type }) => {
    const former = old.find((column) => column.name === name);
    return former === undefined || former.type === type ? [] : [{ name, before: former.type, after: type }];
  });
  return {
    node,
    state: stateOf(before, after),
    rowsBefore: before?.row_count ?? null,
    rowsAfter: after?.row_count ?? null,
    columnsAdded: before === null ? [] : without(present, old),
    columnsRemoved: after === null ? [] : without(old, present),
    typesChanged,
  };
}
