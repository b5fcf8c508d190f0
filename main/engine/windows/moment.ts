import { literal } from "../duckdb/sql/identifiers.ts";
import type { RunInterval } from "../executors/executor.ts";
import { type AggregationNode, invalid } from "./read-measures.ts";
import type { Moment } from "./spec.ts";

const pattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Reads `2024-06-30`, `2024-06-30T12:00:00Z`; `null` for what is no point in time. */
const parseMoment = (text: string): Moment | null => {
  const [, date, time, offset] = pattern.exec(text.trim()) ?? [];
  if (date === undefined) return null;
  const day = new Date(`${date}T00:00:00Z`);
  // Date rolls 2024-02-30 over into March.
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) return null;
  const parameter = null;
  if (time === undefined) return { text: date, isDate: true, hasOffset: false, parameter };
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  if (hours > 23 || minutes > 59 || seconds >= 60) return null;
  const clock = time.length === 5 ? `${time}:00` : time;
  if (offset === undefined) return { text: `${date} ${clock}`, isDate: false, hasOffset: false, parameter };
  const zone = /^(z|utc)$/i.test(offset) ? "+00" : offset;
  return { text: `${date} ${clock}${zone}`, isDate: false, hasOffset: true, parameter };
};

/** The moment that a key of the node names, `$date`, `$start` and `$end` being the run's. */
export const momentOf = (node: AggregationNode, key: string, value: string, interval: RunInterval): Moment => {
  const option = /^\$(date|start|end)$/.exec(value.trim())?.[1] as keyof RunInterval | undefined;
  const text = option === undefined ? value : interval[option];
  if (text === null) throw invalid(node, "aggregation_interval_missing", { key, value, option: option ?? "" });
  const moment = parseMoment(text);
  if (moment === null) throw invalid(node, "aggregation_time_invalid", { key, value: text });
  return { ...moment, parameter: option ?? null };
};

/** The run's interval as generated SQL and conditions bind it. */
export const runParameters = (interval: RunInterval): Readonly<Record<keyof RunInterval, string | null>> => {
  const written = (text: string | null): string | null => (text === null ? null : (parseMoment(text)?.text ?? text));
  return { date: interval.date, start: written(interval.start), end: written(interval.end) };
};

/** A moment as an SQL value of a type. */
export const momentSql = ({ text, parameter }: Moment, type: "date" | "timestamp" | "timestamptz"): string =>
  parameter === null ? `${type} ${literal(text)}` : `$${parameter}::${type}`;
