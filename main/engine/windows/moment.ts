import type { RunInterval } from "../executors/executor.ts";
import { type AggregationNode, invalid } from "./read-measures.ts";
import type { Moment } from "./spec.ts";

const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Reads `2024-06-30`, `2024-06-30T12:00:00Z`; `null` for what is no point in time. */
export const parseMoment = (text: string): Moment | null => {
  const [, date, time, offset] = pattern.exec(text.trim()) ?? [];
  if (date === undefined) return null;
  const day = new Date(`${date}T00:00:00Z`);
  // Date rolls 2024-02-30 over into March.
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) return null;
  if (time === undefined) return { text: date, isDate: true, hasOffset: false };
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  if (hours > 23 || minutes > 59 || seconds >= 60) return null;
  if (offset === undefined) return { text: `${date} ${time}`, isDate: false, hasOffset: false };
  const zone = /^(z|utc)$/i.test(offset) ? "+00" : offset;
  return { text: `${date} ${time}${zone}`, isDate: false, hasOffset: true };
};

/** The moment that a key of the node names, `$date`, `$start` and `$end` being the run's. */
export const momentOf = (node: AggregationNode, key: string, value: string, interval: RunInterval): Moment => {
  const option = /^\$(date|start|end)$/.exec(value.trim())?.[1] as keyof RunInterval | undefined;
  const text = option === undefined ? value : interval[option];
  if (text === null) throw invalid(node, "aggregation_interval_missing", { key, value, option: option ?? "" });
  const moment = parseMoment(text);
  if (moment === null) throw invalid(node, "aggregation_time_invalid", { key, value: text });
  return moment;
};
