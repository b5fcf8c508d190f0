// The three spellings of what to compute, made into one list of measures.

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import { suggestion, type KindConfigs, type PipelineNode } from "../../../shared/graph/index.ts";
import { durationName, parseDuration } from "./duration.ts";
import { type AggregateFunction, findFunction, functionNames } from "./functions.ts";
import type { Measure, Span } from "./spec.ts";

export type AggregationKindName = "aggregation" | "second_order_aggregation";
export type AggregationNode = PipelineNode<AggregationKindName>;
type Listed = NonNullable<KindConfigs["aggregation"]["aggregations"]>[number];
type Feature = NonNullable<KindConfigs["second_order_aggregation"]["features"]>[number] &
  NonNullable<KindConfigs["aggregation"]["features"]>[number];
type Window = NonNullable<Listed["window"]>;

/** A measure with the grouping that it asks for itself; `null` takes the node's. */
export interface GroupedMeasure {
  readonly measure: Measure;
  readonly groupBy: readonly string[] | null;
}

/** How the columns of a feature are called. */
interface Naming {
  plain(feature: string, fn: string): string;
  span(feature: string, fn: string, span: string): string;
  ratio(feature: string, fn: string, numerator: string, denominator: string): string;
  since(feature: string, fn: string): string;
}

const firstOrder: Naming = {
  plain: (feature, fn) => `${feature}_${fn}`,
  span: (feature, fn, span) => `${feature}_${fn}_${span}`,
  ratio: (feature, fn, numerator, denominator) => `${feature}_${fn}_ratio_${numerator}_${denominator}`,
  since: (feature, fn) => `${feature}_${fn}_if`,
};

const secondOrder: Naming = {
  plain: (feature, fn) => `${feature}_${fn.toUpperCase()}`,
  span: (feature, fn, span) => `${feature}_${fn.toUpperCase()}_${span}`,
  ratio: (feature, fn, numerator, denominator) =>
    `${feature}_${fn.toUpperCase()}${numerator}_${fn.toUpperCase()}${denominator}`,
  since: (feature, fn) => `SINCE_${fn.toUpperCase()}_${feature}_GEO_D`,
};

const everything: Span = { kind: "all" };

const spanOf = (window: Window | undefined): Span => {
  if (window === undefined) return everything;
  if (typeof window === "string") return { kind: "window", duration: parseDuration(window) };
  return { kind: "days", lower: window[0], upper: window[1] };
};

/** A span in a column's name: `30d`, `1_7`. */
const spanName = (span: Span): string => {
  if (span.kind === "window") return durationName(span.duration);
  return span.kind === "days" ? `${span.lower}_${span.upper}` : "";
};

/** Every column that the node asks for, in the order of its file. Throws for functions and columns it cannot have. */
export const readMeasures = (node: AggregationNode): readonly GroupedMeasure[] => {
  const { config } = node;
  const listed = "aggregations" in config ? (config.aggregations ?? []) : [];
  const features: readonly Feature[] = config.features ?? [];
  const measures = [
    ...listed.map((entry, index) => listedMeasure(node, entry, `aggregations[${index}]`)),
    ...features.flatMap((feature, index) =>
      featureMeasures(node, feature, `features.${feature.name ?? index}`).map((measure) => ({
        measure,
        groupBy: null,
      })),
    ),
  ];
  if (measures.length === 0) throw invalid(node, "aggregation_nothing", {});
  for (const { measure } of measures) checkFill(node, measure);
  return measures;
};

/** What stands for "nothing" must be of the kind that the function gives. */
const checkFill = (node: AggregationNode, { fill, function: fn, over, place }: Measure): void => {
  const givesNumbers = fn.counts || fn.takes === "number" || over !== null;
  if (fill === null || typeof fill === "number" || !givesNumbers) return;
  throw invalid(node, "aggregation_fill_invalid", { function: fn.name, place, fill: String(fill) });
};

const listedMeasure = (node: AggregationNode, entry: Listed, place: string): GroupedMeasure => {
  const fn = functionOf(node, entry.function, place);
  const column = entry.column === "*" ? null : (entry.column ?? null);
  if (column === null && fn.name.toLowerCase() !== "count") {
    throw invalid(node, "aggregation_column_unnamed", { function: fn.name, place });
  }
  const span = spanOf(entry.window);
  const prefix = column === null ? "" : `${column}_`;
  const suffix = span.kind === "all" ? "" : `_${spanName(span)}`;
  const name = entry.name ?? `${prefix}${columnPart(fn)}${suffix}`;
  const { filter = null, fill = null } = entry;
  const measure = { name, place, column, function: fn, span, over: null, filter, fill };
  return { measure, groupBy: entry.group_by ?? null };
};

const featureMeasures = (node: AggregationNode, feature: Feature, place: string): readonly Measure[] => {
  const second = node.kind === "second_order_aggregation";
  const naming = second ? secondOrder : firstOrder;
  const column = feature.source_feature ?? feature.column ?? feature.name;
  const name = second ? column : (feature.name ?? column);
  if (column === undefined || name === undefined) {
    throw invalid(node, "aggregation_column_unnamed", { function: "a feature", place });
  }
  const outer = feature.filter ?? null;
  const make = (written: string, more: Partial<Measure> & { named: (fn: string) => string }): Measure => {
    const fn = functionOf(node, written, place);
    const { named, ...rest } = more;
    const base = { place, column, function: fn, span: everything, over: null, filter: outer };
    return { ...base, fill: feature.fill ?? null, ...rest, name: named(columnPart(fn)) };
  };
  const over = (written: string, span: Span): Measure =>
    make(written, {
      span,
      named: (fn) => (span.kind === "all" ? naming.plain(name, fn) : naming.span(name, fn, spanName(span))),
    });

  const window = spanOf(feature.window);
  // Published second-order files get both columns of a feature with a window.
  const spans = window.kind === "all" || !second ? [window] : [everything, window];
  const basic = (feature.basic ?? []).flatMap((fn) => spans.map((span) => over(fn, span)));
  const rolling = (feature.rolling ?? []).flatMap((entry) =>
    (entry.functions ?? entry.aggs ?? []).map((fn) => over(fn, spanOf(entry.window))),
  );
  const ratios = (feature.ratio ?? []).flatMap((ratio) => {
    const [span, denominator] = [spanOf(ratio.numerator), spanOf(ratio.denominator)];
    const named = (fn: string): string => ratio.name ?? naming.ratio(name, fn, spanName(span), spanName(denominator));
    return ratio.aggs.map((fn) => make(fn, { span, over: denominator, named }));
  });
  const since = (feature.since ?? []).flatMap(({ condition, aggs, name: own }) => {
    const filter = both(outer, condition ?? null);
    return aggs.map((fn) => make(fn, { filter, named: (part) => own ?? naming.since(name, part) }));
  });
  const all = [...basic, ...rolling, ...ratios, ...since];
  if (all.length === 0) throw invalid(node, "aggregation_functions_missing", { place });
  return all;
};

/** A function in a column's name. */
const columnPart = (fn: AggregateFunction): string => fn.name.replaceAll(".", "_");

const both = (first: string | null, second: string | null): string | null =>
  first === null || second === null ? (first ?? second) : `(${first}\n) and (${second}\n)`;

const functionOf = (node: AggregationNode, written: string, place: string): AggregateFunction => {
  const found = findFunction(written);
  if (found !== null) return found;
  const close = suggestion(written, functionNames);
  throw invalid(node, "aggregation_function_unknown", { function: written, place, known: functionNames }, close);
};

type Code = Extract<ConstructorParameters<typeof ExecutorValidationError>[0], `aggregation_${string}`>;

/** An error in the node's definition. */
export const invalid = (
  node: AggregationNode,
  code: Code,
  params: Readonly<Record<string, string | number | readonly string[]>>,
  next?: string,
): ExecutorValidationError =>
  new ExecutorValidationError(code, {
    node: node.id,
    location: node.location,
    params: { node: node.id, ...params },
    next: next?.startsWith("Did you mean") === true ? next : undefined,
  });
