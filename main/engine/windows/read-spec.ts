// What a node's file asks for, checked as far as it can be without looking at any table.

import type { RunInterval } from "../executors/executor.ts";
import type { Project } from "../project/project.ts";
import { durationName, parseDuration, type Duration } from "./duration.ts";
import { momentOf } from "./moment.ts";
import { type AggregationNode, type GroupedMeasure, invalid, readMeasures } from "./read-measures.ts";
import { tumblingColumns } from "./tumbling-sql.ts";
import type { AggregationSpec, Looking, Measure, Span, TableSpec } from "./spec.ts";

/** The whole specification. Throws ExecutorValidationErrors that name the key to change. */
export const readSpec = (node: AggregationNode, project: Project, interval: RunInterval): AggregationSpec => {
  const measures = readMeasures(node);
  const { config } = node;
  const timed = timedPart(measures.map(({ measure }) => measure));
  const time = timeColumn(node, project);
  const looking = lookingOf(node, measures, timed, interval);
  if (time === null && looking.mode !== "none") throw timeMissing(node, timed ?? `mode: ${looking.mode}`);
  const ordered = measures.find(({ measure }) => measure.function.ordered)?.measure;
  if (time === null && ordered !== undefined) throw timeMissing(node, `${ordered.function.name} in ${ordered.place}`);
  return {
    ids: config.id_col ?? [],
    time,
    looking,
    zone: zoneOf(node),
    includeCurrent: config.include_current,
    tables: withoutClashes(node, looking, tablesOf(node, measures)),
  };
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

const describeSpan = (span: Span): string | null => {
  if (span.kind === "window") return `the window ${durationName(span.duration)}`;
  return span.kind === "days" ? `the days [${span.lower}, ${span.upper}]` : null;
};

/** The first thing that cannot be computed without knowing when rows happened. */
const timedPart = (measures: readonly Measure[]): string | null => {
  for (const { span, over, place } of measures) {
    const what = describeSpan(span) ?? (over === null ? null : describeSpan(over));
    if (what !== null) return `${what} in ${place}`;
  }
  return null;
};

/** The node's own key, else the event time of the feature group that it reads. */
const timeColumn = (node: AggregationNode, project: Project): string | null => {
  const { feature_date_col: first, time_column: second } = node.config;
  if (first !== undefined && second !== undefined && first !== second) {
    throw invalid(node, "aggregation_time_twice", { first, second });
  }
  return first ?? second ?? readGroup(node, project)?.eventTime ?? null;
};

const readGroup = (node: AggregationNode, project: Project): { id: string; eventTime: string | null } | null => {
  if (node.body !== null) return null;
  const id = node.config.source ?? node.inputs[0];
  const input = id === undefined ? undefined : project.nodes.get(id);
  if (input === undefined || !("event_time" in input.config)) return null;
  return { id: input.id, eventTime: input.config.event_time ?? null };
};

const timeMissing = (node: AggregationNode, what: string): Error => {
  const input = node.inputs.find((id) => id.startsWith("feature_group."));
  const or = input === undefined || node.body !== null ? "" : `, or \`event_time: <column>\` to ${input}`;
  return invalid(node, "aggregation_time_missing", { what, or });
};

const zoneOf = (node: AggregationNode): string => {
  const { timezone = "UTC" } = node.config;
  const isName = /^[A-Za-z][A-Za-z0-9_+/-]*$/.test(timezone);
  try {
    if (!isName) throw new RangeError(timezone);
    new Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch {
    throw invalid(node, "aggregation_zone_unknown", { timezone });
  }
  return /^(utc|etc\/utc|gmt|etc\/gmt|z|zulu)$/i.test(timezone) ? "UTC" : timezone;
};

const lookingOf = (
  node: AggregationNode,
  measures: readonly GroupedMeasure[],
  timed: string | null,
  interval: RunInterval,
): Looking => {
  const { mode, application_date_col: application, as_of: asOf, every } = node.config;
  if (asOf !== undefined && mode !== undefined && mode !== "as_of") {
    throw conflict(node, mode, "as_of", "Leave one of `mode` and `as_of` out.");
  }
  switch (mode) {
    case undefined:
      if (application !== undefined && asOf === undefined) return { mode: "rows", application };
      return asOf === undefined && timed === null ? { mode: "none" } : asOfLooking(node, interval);
    case "none":
      if (timed !== null) throw invalid(node, "aggregation_mode_windows", { what: `${timed} does` });
      return { mode: "none" };
    case "as_of":
      return asOfLooking(node, interval);
    case "per_event":
      return { mode: "per_event" };
    case "spine":
      return spineLooking(node);
    case "grid":
      return {
        mode: "grid",
        every: parseDuration(every ?? "1d"),
        start: momentOrRuns(node, "start", interval),
        end: momentOrRuns(node, "end", interval) ?? momentOf(node, "end", "$date", interval),
        column: application ?? "as_of",
      };
    case "tumbling":
      return { mode: "tumbling", every: bucketOf(node, measures) };
  }
};

const asOfLooking = (node: AggregationNode, interval: RunInterval): Looking => ({
  mode: "as_of",
  at: momentOf(node, "as_of", node.config.as_of ?? "$date", interval),
  column: node.config.application_date_col ?? "as_of",
});

const momentOrRuns = (node: AggregationNode, key: "start" | "end", interval: RunInterval) => {
  const given = node.config[key];
  if (given !== undefined) return momentOf(node, key, given, interval);
  return interval[key] === null ? null : momentOf(node, key, `$${key}`, interval);
};

const spineLooking = (node: AggregationNode): Looking => {
  const { spine, application_date_col: application } = node.config;
  if (spine === undefined && (node.body !== null || node.inputs.length < 2)) {
    throw invalid(node, "aggregation_mode_key", { mode: "spine", key: "spine", example: "kind.name" });
  }
  const time = spine?.time_column ?? application;
  if (time !== undefined) return { mode: "spine", time };
  throw invalid(node, "aggregation_mode_key", {
    mode: "spine",
    key: "application_date_col",
    example: "<the spine's time column>",
  });
};

/** A tumbling table has windows of one length: `every`, or the only window that its columns name. */
const bucketOf = (node: AggregationNode, measures: readonly GroupedMeasure[]): Duration => {
  const { every } = node.config;
  const named = new Set(every === undefined ? [] : [durationName(parseDuration(every))]);
  for (const { measure } of measures) {
    if (measure.span.kind === "days" || measure.over !== null) {
      const remedy = "Use windows such as 1d, or mode: grid.";
      throw conflict(node, "tumbling", `the day bounds in ${measure.place}`, remedy);
    }
    if (measure.span.kind === "window") named.add(durationName(measure.span.duration));
  }
  const [length, other] = named;
  if (length === undefined)
    throw invalid(node, "aggregation_mode_key", { mode: "tumbling", key: "every", example: "1d" });
  if (other === undefined) return parseDuration(length);
  const remedy = "Make a node for each length, or use mode: grid.";
  throw conflict(node, "tumbling", `windows of two lengths (${length} and ${other})`, remedy);
};

const conflict = (node: AggregationNode, mode: string, what: string, remedy: string): Error =>
  invalid(node, "aggregation_mode_conflict", { mode, what, remedy });

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
