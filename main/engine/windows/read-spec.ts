// What a node's file asks for, checked as far as it can be without looking at any table.

import type { RunInterval } from "../executors/executor.ts";
import type { Project } from "../project/project.ts";
import { durationName } from "./duration.ts";
import { readLooking } from "./read-looking.ts";
import { type AggregationNode, invalid, readMeasures } from "./read-measures.ts";
import { readTables } from "./read-tables.ts";
import type { AggregationSpec, Measure, Span } from "./spec.ts";

/** The whole specification. Throws ExecutorValidationErrors that name the key to change. */
export const readSpec = (node: AggregationNode, project: Project, interval: RunInterval): AggregationSpec => {
  const measures = readMeasures(node);
  const { config } = node;
  const timed = timedPart(measures.map(({ measure }) => measure));
  const time = timeColumn(node, project);
  const looking = readLooking(node, measures, timed, interval);
  if (time === null && looking.mode !== "none") throw timeMissing(node, timed ?? `mode: ${looking.mode}`);
  const ordered = measures.find(({ measure }) => measure.function.ordered)?.measure;
  if (time === null && ordered !== undefined) throw timeMissing(node, `${ordered.function.name} in ${ordered.place}`);
  return {
    ids: config.id_col ?? [],
    time,
    looking,
    zone: zoneOf(node),
    includeCurrent: config.include_current,
    tables: readTables(node, looking, measures),
  };
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
    Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch {
    throw invalid(node, "aggregation_zone_unknown", { timezone });
  }
  return /^(utc|etc\/utc|gmt|etc\/gmt|z|zulu)$/i.test(timezone) ? "UTC" : timezone;
};
