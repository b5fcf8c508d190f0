// Which columns make a table together.

import { type AggregationNode, type GroupedMeasure, invalid } from "./read-measures.ts";
import type { Looking, Measure, TableSpec } from "./spec.ts";
import { tumblingColumns } from "./tumbling-sql.ts";

/** A node's tables, the main one first. Throws where two columns or two tables would have one name. */
export const readTables = (
  node: AggregationNode,
  looking: Looking,
  measures: readonly GroupedMeasure[],
): readonly TableSpec[] => withoutClashes(node, looking, tablesOf(node, measures));

/** One table a grouping: the main one is the node's own grouping, or the first where no column has that. */
const tablesOf = (node: AggregationNode, measures: readonly GroupedMeasure[]): readonly TableSpec[] => {
  const keys = new Set([...(node.config.id_col ?? []), node.config.application_date_col ?? ""]);
  const grouping = (columns: readonly string[]): readonly string[] => columns.filter((name) => !keys.has(name));
  const own = grouping(node.config.group_by ?? []);
  const groups = new Map<string, { readonly groupBy: readonly string[]; readonly measures: Measure[] }>();
  for (const { measure, groupBy } of measures) {
    const columns = groupBy === null ? own : grouping(groupBy);
    const key = JSON.stringify(columns);
    const group = groups.get(key) ?? { groupBy: columns, measures: [] };
    groups.set(key, group);
    addMeasure(node, group.measures, measure);
  }
  const mainKey = groups.has(JSON.stringify(own)) ? JSON.stringify(own) : [...groups.keys()][0];
  const tables = [...groups].map(([key, { groupBy, measures: list }]): TableSpec => {
    const name = key === mainKey ? null : tableName(groupBy);
    return { name, groupBy, measures: list };
  });
  for (const table of tables) {
    const twin = tables.find((other) => other !== table && other.name === table.name);
    if (twin === undefined) continue;
    const [first, second] = [table.groupBy.join(", "), twin.groupBy.join(", ")];
    throw invalid(node, "aggregation_tables_collide", { table: `${node.id}__${table.name}`, first, second });
  }
  return tables.toSorted((a, b) => Number(a.name !== null) - Number(b.name !== null));
};

const tableName = (groupBy: readonly string[]): string =>
  groupBy.length === 0 ? "all" : groupBy.join("_").replaceAll(/[^A-Za-z0-9_]/g, "_");

/** Columns asked for twice are one; two of one name are an error. */
const addMeasure = (node: AggregationNode, measures: Measure[], measure: Measure): void => {
  const same = measures.find(({ name }) => name.toLowerCase() === measure.name.toLowerCase());
  if (same === undefined) return void measures.push(measure);
  const essence = ({ place: _place, function: fn, ...rest }: Measure): string =>
    JSON.stringify({ ...rest, function: fn.name });
  if (essence(same) === essence(measure)) return;
  const params = { column: measure.name, first: same.place, second: measure.place };
  throw invalid(node, "aggregation_names_collide", params);
};

/** Columns of ours and those that tell rows apart must differ by name. */
const withoutClashes = (
  node: AggregationNode,
  looking: Looking,
  tables: readonly TableSpec[],
): readonly TableSpec[] => {
  const ids = node.config.id_col ?? [];
  const times = timesOf(looking);
  for (const { groupBy, measures } of tables) {
    const keys = [...ids, ...times, ...groupBy].map((name) => name.toLowerCase());
    const twice = keys.find((name, index) => keys.indexOf(name) !== index);
    const clash = measures.find(({ name }) => keys.includes(name.toLowerCase()));
    const column = twice ?? clash?.name;
    if (column === undefined) continue;
    const second = twice === undefined ? (clash?.place ?? "") : "another key";
    throw invalid(node, "aggregation_names_collide", { column, first: "a key of its rows", second });
  }
  return tables;
};

const timesOf = (looking: Looking): readonly string[] => {
  switch (looking.mode) {
    case "rows":
      return [looking.application];
    case "as_of":
    case "grid":
      return [looking.column];
    case "tumbling":
      return tumblingColumns;
    case "none":
    case "per_event":
    case "spine":
      return [];
  }
};
