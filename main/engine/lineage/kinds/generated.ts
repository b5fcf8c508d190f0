import { isKind, type PipelineNode } from "../../../../shared/graph/index.ts";
import { planAggregation } from "../../executors/aggregate/plan.ts";
import { readGroup } from "../../features/index.ts";
import type { AggregationNode } from "../../windows/index.ts";
import type { NodeLineage, TableLineage } from "../node-lineage.ts";
import { distinctConditions, type Field, type Source, type SqlLineage, substituted } from "../sql/index.ts";
import { copiedFrom, type KindLineage } from "./kind-lineage.ts";
import { bodyLineage } from "./sql-body.ts";

/** What a node that works on rows works on: what its own SQL gives, or its input as it is. */
interface Rows {
  readonly body: SqlLineage | null;
  readonly input: string;
}

/** Stands for what a node's own SQL gives, while its settings are followed. */
const ownRows = "(rows)";

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const rowField = ({ body, input }: Rows, name: string): Field => {
  if (body === null) return copiedFrom(input, name);
  const field = body.columns.find((column) => sameName(column.name, name));
  if (field !== undefined) return field;
  return { name, sources: [...body.others, ...body.open.map(whole)], named: [] };
};

const whole = (input: string): Source => ({ input, column: null, use: "computed" });

const lineageOf = (
  node: PipelineNode,
  { body }: Rows,
  tables: readonly TableLineage[],
  more: Pick<NodeLineage, "conditions" | "notes">,
): NodeLineage => ({
  node: node.id,
  basis: "settings",
  tables,
  conditions: distinctConditions([...(body?.conditions ?? []), ...more.conditions]),
  mentions: body?.mentions ?? [],
  rows: body?.columns ?? null,
  notes: [...(body?.notes ?? []), ...more.notes],
});

/** A feature group: keys, times and features of its rows, each under its own name. */
export const featureGroupLineage: KindLineage = async (node, context) => {
  if (!isKind(node, "feature_group")) throw new TypeError(`${node.id} is no feature group`);
  const group = readGroup(node);
  const rows = { body: await bodyLineage(node, context, null), input: context.inputs[0] ?? "" };
  const fixed = [...group.joinKeys, group.eventTime, group.createdTime].filter((name) => name !== null);
  const columns = [...new Set(fixed)].map((name) => rowField(rows, name));
  const none = { conditions: [], notes: [] };
  if (group.features.length > 0) {
    const features = group.features.map(({ name, default: value }) => {
      const field = rowField(rows, name);
      return value === null
        ? field
        : { ...field, sources: field.sources.map((source) => ({ ...source, use: "computed" as const })) };
    });
    return lineageOf(node, rows, [{ id: node.id, columns: [...columns, ...features], open: [], others: [] }], none);
  }
  // Every other column is a feature.
  const known = rows.body?.columns.map(({ name }) => name) ?? context.columnsOf(rows.input);
  const taken = new Set([...fixed, ...group.onDemand.map(({ name }) => name)].map((name) => name.toLowerCase()));
  const features = (known ?? []).filter((name) => !taken.has(name.toLowerCase())).map((name) => rowField(rows, name));
  const open = rows.body?.open ?? (known === null && rows.input !== "" ? [rows.input] : []);
  const table = { id: node.id, columns: [...columns, ...features], open, others: rows.body?.others ?? [] };
  return lineageOf(node, rows, [table], none);
};

const interval = { date: "2000-01-01", start: "2000-01-01", end: "2000-01-02" };

const isAggregation = (node: PipelineNode): node is AggregationNode & PipelineNode =>
  isKind(node, "aggregation") || isKind(node, "second_order_aggregation");

/** An aggregation: the SELECTs that its settings are made into, over its rows and its spine. */
export const aggregationLineage: KindLineage = async (node, context) => {
  if (!isAggregation(node)) throw new TypeError(`${node.id} is no aggregation`);
  const { spine: named, source } = node.config;
  const { inputs } = context;
  const spine = named === undefined ? undefined : inputs.find((id) => id === named.ref);
  const body = await bodyLineage(node, context, null);
  const input = inputs.find((id) => id === source) ?? inputs.find((id) => id !== spine) ?? inputs[0] ?? "";
  const rows = { body, input };
  const events = body === null ? input : ownRows;
  const other = spine ?? inputs.find((id) => id !== input) ?? events;
  const columnsOf = (table: string): readonly string[] | null =>
    table === ownRows && body !== null ? namesOf(body) : context.columnsOf(table);
  const { tables } = planAggregation(node, context.project, interval);
  const made: TableLineage[] = [];
  const conditions: NodeLineage["conditions"][number][] = [];
  const notes: string[] = [];
  for (const { name, sql } of tables) {
    const actual = name === null ? context.actual : (context.further.get(name) ?? null);
    const nameOf = (written: string): string | null =>
      written === "input_0" ? events : written === "input_1" ? other : null;
    const lineage = substituted(await context.sql(sql, nameOf, columnsOf, actual), ownRows, body);
    const { columns, open, others } = lineage;
    made.push({ id: name === null ? node.id : `${node.id}__${name}`, columns, open, others });
    conditions.push(...lineage.conditions);
    notes.push(...lineage.notes);
  }
  return lineageOf(node, rows, made, { conditions, notes });
};

const namesOf = ({ columns, open, others }: SqlLineage): readonly string[] | null =>
  open.length > 0 || others.length > 0 ? null : columns.map(({ name }) => name);
