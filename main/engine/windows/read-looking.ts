// From when an aggregation looks at its rows: the mode, and what each mode needs.

import type { RunInterval } from "../executors/executor.ts";
import { type Duration, durationName, parseDuration } from "./duration.ts";
import { momentOf } from "./moment.ts";
import { type AggregationNode, type GroupedMeasure, invalid } from "./read-measures.ts";
import type { Looking, Moment } from "./spec.ts";

/** The node's mode, or the one that its other keys mean. `timed` is the first thing that looks at time. */
export const readLooking = (
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

const momentOrRuns = (node: AggregationNode, key: "start" | "end", interval: RunInterval): Moment | null => {
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
