// Two runs side by side: what each did to each node, and whether the node's table came out different.

import type { NodeResult, NodeStatus } from "./result.ts";
import type { RunNode } from "./run-nodes.ts";

/** A node in one of the runs. */
export interface ComparedSide {
  readonly status: NodeStatus;
  /** Rows of its table after the run; `null` when that is not known. */
  readonly rows: number | null;
  /** `null` when it did not run. */
  readonly seconds: number | null;
  readonly reasons: readonly string[];
  readonly error: string | null;
}

export interface ComparedNode {
  readonly node: string;
  /** `null`: it was not part of that run. */
  readonly before: ComparedSide | null;
  readonly after: ComparedSide | null;
  /** The table after one run against the other; `unknown` where one of them left none. */
  readonly output: "same" | "changed" | "unknown";
  /** `+column TYPE`, `−column`, `column BIGINT → VARCHAR`. */
  readonly columns: readonly string[];
}

/** One run as it is compared: its nodes, and each node's newest whole result in that run or before it. */
export interface ComparableRun {
  readonly nodes: readonly RunNode[];
  readonly results: ReadonlyMap<string, NodeResult>;
}

/** Every node of either run, in the later one's order. */
export const compareRuns = (before: ComparableRun, after: ComparableRun): readonly ComparedNode[] => {
  const former = new Map(before.nodes.map((node) => [node.node, node]));
  const later = new Map(after.nodes.map((node) => [node.node, node]));
  return [...new Set([...later.keys(), ...former.keys()])].map((node) => {
    const results = [before.results.get(node), after.results.get(node)] as const;
    return {
      node,
      before: sideOf(former.get(node), results[0]),
      after: sideOf(later.get(node), results[1]),
      output: outputOf(...results),
      columns: columnsOf(...results),
    };
  });
};

/** Whether anything about the node is worth a look: another status, another table, another number of rows. */
export const isDifferent = ({ before, after, output }: ComparedNode): boolean =>
  output === "changed" || before?.status !== after?.status || before?.rows !== after?.rows;

const sideOf = (node: RunNode | undefined, known: NodeResult | undefined): ComparedSide | null => {
  if (node === undefined) return null;
  const { result, status, reasons } = node;
  const ran = result !== null && result.status !== "CACHED" && result.status !== "SKIPPED";
  return {
    status,
    rows: known?.row_count ?? null,
    seconds: ran ? result.duration_seconds : null,
    reasons,
    error: result?.error_message ?? null,
  };
};

type Known = NodeResult | undefined;

const outputOf = (before: Known, after: Known): ComparedNode["output"] => {
  const hashes = [before?.metadata.output_hash ?? null, after?.metadata.output_hash ?? null];
  if (hashes.includes(null)) return "unknown";
  return hashes[0] === hashes[1] ? "same" : "changed";
};

const columnsOf = (before: Known, after: Known): readonly string[] => {
  if (before === undefined || after === undefined) return [];
  const old = new Map(before.metadata.columns.map(({ name, type }) => [name, type]));
  const present = new Map(after.metadata.columns.map(({ name, type }) => [name, type]));
  const added = [...present].flatMap(([name, type]) => {
    const was = old.get(name);
    if (was === undefined) return [`+${name} ${type}`];
    return was === type ? [] : [`${name} ${was} → ${type}`];
  });
  return [...added, ...[...old.keys()].flatMap((name) => (present.has(name) ? [] : [`−${name}`]))];
};
