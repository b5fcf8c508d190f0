// Kinds that copy their input, read it without making a table of it, or make columns that no file explains.

import { isKind, type PipelineNode } from "../../../../shared/graph/index.ts";
import { failedRulesColumn, probeAll, readRule } from "../../rules/index.ts";
import { type NodeLineage, tableOf, wholeInputs } from "../node-lineage.ts";
import type { ConditionUse, Field } from "../sql/index.ts";
import { copiedFrom, copyOf, type KindContext, type KindLineage } from "./kind-lineage.ts";

const plain = (node: PipelineNode, more: Partial<NodeLineage>): NodeLineage => ({
  node: node.id,
  basis: "settings",
  tables: [],
  conditions: [],
  mentions: [],
  rows: null,
  notes: [],
  ...more,
});

/** Where data enters: its columns come from nowhere in the project. */
export const sourceLineage: KindLineage = async (node, { actual }) => {
  const columns = (actual ?? []).map((name): Field => ({ name, sources: [], named: [] }));
  const notes = actual === null ? ["its columns are known once it has run"] : [];
  return plain(node, { basis: "origin", tables: [tableOf(node.id, columns)], notes });
};

/** A Python function: which tables it reads is known, which of their columns is not. */
export const pythonLineage: KindLineage = async (node, { actual, inputs }) => {
  const sources = wholeInputs(inputs);
  const columns = (actual ?? []).map((name): Field => ({ name, sources, named: [] }));
  const notes = ["a Python function reads whole inputs: columns are followed by name only through SQL and settings"];
  const table = { ...tableOf(node.id, columns), others: actual === null ? sources : [] };
  return plain(node, { basis: "python", tables: [table], notes });
};

/** A model and its predictions: its input's columns as they are, and what it learned from all of them. */
export const learnedLineage: KindLineage = async (node, { actual, inputs, columnsOf }) => {
  const sources = wholeInputs(inputs);
  const columns = (actual ?? []).map((name): Field => {
    const owners = inputs.filter((input) => columnsOf(input)?.some((column) => sameName(column, name)));
    const [owner] = owners;
    return owner === undefined ? { name, sources, named: [] } : copiedFrom(owner, name);
  });
  const table = { ...tableOf(node.id, columns), others: actual === null ? sources : [] };
  return plain(node, { tables: [table], notes: ["what is learned may depend on every column of its inputs"] });
};

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A rule: the failing rows of its input, with the ids of the checks that they broke. */
export const ruleLineage: KindLineage = async (node, context) => {
  if (!isKind(node, "rule")) throw new TypeError(`${node.id} is no rule`);
  const [input = ""] = context.inputs;
  const checked = await checkedColumns(node, input, context);
  const columns = context.columnsOf(input) ?? [];
  const failed = failedRulesColumn(columns.map((name) => ({ name, type: "" })));
  const copy = copyOf(node.id, input, context);
  const ids: Field = {
    name: failed,
    sources: checked.map(({ column }) => ({ input, column, use: "computed" })),
    named: [],
  };
  const main = { ...copy, columns: [...copy.columns, ids] };
  const passed = node.config.on_error === "quarantine" ? [copyOf(`${node.id}__passed`, input, context)] : [];
  return plain(node, { tables: [main, ...passed], conditions: checked });
};

const checkedColumns = async (
  node: PipelineNode<"rule">,
  input: string,
  context: KindContext,
): Promise<readonly ConditionUse[]> => {
  const found: ConditionUse[] = [];
  const add = (column: string | null): void => void found.push({ input, column, use: "computed", why: "checked" });
  for (const { check, probe } of probeAll(readRule(node))) {
    for (const column of probe.columns) add(column);
    const conditions = [check.where, typeof check.spec === "string" && check.type === "expression" ? check.spec : null];
    for (const condition of conditions) {
      if (condition === null) continue;
      const text = `select 1 from input_0 where (${condition}\n)`;
      const lineage = await context.sql(
        text,
        () => input,
        (table) => context.columnsOf(table),
        null,
      );
      for (const use of lineage.conditions) add(use.column);
    }
    if (probe.kind === "figure" && probe.columns.length === 0) add(null);
  }
  return [...new Map(found.map((use) => [use.column ?? "", use])).values()];
};

/** An exposure: hands out the columns it names, or all of them, each as it is. */
export const exposureLineage: KindLineage = async (node, context) => {
  if (!isKind(node, "exposure")) throw new TypeError(`${node.id} is no exposure`);
  const { uses } = node.config;
  if (context.inputs.length > 1) return announced(node, uses, context);
  const [input = ""] = context.inputs;
  const whole = copyOf(node.id, input, context);
  const isUsed = (name: string): boolean => uses === undefined || uses.some((used) => sameName(used, name));
  const columns =
    whole.open.length > 0
      ? (uses ?? []).map((name) => copiedFrom(input, name))
      : whole.columns.filter(({ name }) => isUsed(name));
  const open = uses === undefined ? whole.open : [];
  const exposed = open.length > 0 ? [null] : columns.map(({ name }) => name);
  const conditions = exposed.map((column) => ({ input, column, use: "copied" as const, why: "exposed" as const }));
  return plain(node, { tables: [{ ...whole, columns, open }], conditions });
};

/** What reads several tables hands none of them out; it reads the columns it names wherever they are. */
const announced = (node: PipelineNode, uses: readonly string[] | undefined, context: KindContext): NodeLineage => {
  const conditions = context.inputs.flatMap((input) => {
    const known = context.columnsOf(input);
    const read = uses === undefined ? known : known?.filter((name) => uses.some((used) => sameName(used, name)));
    return (read ?? [null]).map((column) => ({ input, column, use: "copied" as const, why: "exposed" as const }));
  });
  return plain(node, { conditions });
};
