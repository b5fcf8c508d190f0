// An aggregation's windows, from the moment they are seen, over a histogram of the events they look at.

import { isKind, type PipelineNode, tablesRead } from "../../../shared/graph/index.ts";
import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import type { Page } from "../duckdb/sql-host.ts";
import type { Project } from "../project/project.ts";
import type { RunInterval } from "../executors/executor.ts";
import { boundsOf } from "../windows/bounds.ts";
import { Clock } from "../windows/clock.ts";
import { durationName } from "../windows/duration.ts";
import { readSpec } from "../windows/index.ts";
import type { AggregationSpec, Span } from "../windows/spec.ts";

/** Times are ISO 8601 without a zone, on the clock of the events. */
export interface WindowsSeen {
  readonly input: string;
  readonly column: string;
  /** From when the windows are drawn: the file's or run's moment, else the last event. */
  readonly at: string;
  readonly windows: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  readonly bins: readonly { readonly from: string; readonly to: string; readonly rows: number }[];
}

const binCount = 60;

type Query = (sql: string) => Promise<Page>;

/** `null` for an aggregation that looks at no time. */
export const readWindows = async (
  node: PipelineNode,
  project: Project,
  interval: RunInterval,
  query: Query,
): Promise<WindowsSeen | null> => {
  if (!isKind(node, "aggregation") && !isKind(node, "second_order_aggregation")) return null;
  const spec = readSpec(node, project, interval);
  const [input] = tablesRead(node);
  if (spec.time === null || input === undefined) return null;
  const clock = new Clock(spec.zone, spec.time);
  const table = `ref(${literal(input)})`;
  const from = (sql: string): string => sql.replaceAll("input_0", table);
  const happened = clock.steady(quoted(spec.time));
  const bins = await query(from(binsSql(happened)));
  const spans = spansOf(spec);
  const [bounds] = (await query(from(boundsSql(spec, spans, clock, happened)))).rows;
  const at = bounds?.[0] ?? null;
  if (at === null) return null;
  return {
    input,
    column: spec.time,
    at,
    windows: spans.map((span, index) => ({
      name: spanName(span),
      from: bounds?.[1 + index * 2] ?? at,
      to: bounds?.[2 + index * 2] ?? at,
    })),
    bins: bins.rows.map(([start, end, rows]) => ({ from: start ?? "", to: end ?? "", rows: Number(rows) })),
  };
};

/** Sixty spans of equal length from the first event to the last. */
const binsSql = (happened: string): string => `
with events as (select epoch_us(${happened}) as t from input_0),
  ends as (select min(t) as low, greatest(max(t) - min(t), 1) as width from events),
  counts as (
    select least(${binCount} - 1, floor((t - low)::double * ${binCount} / width)::bigint) as bin, count(*) as n
    from events, ends where t is not null group by 1
  )
select make_timestamp((low + width::double * range / ${binCount})::bigint)::varchar,
  make_timestamp((low + width::double * (range + 1) / ${binCount})::bigint)::varchar, coalesce(n, 0)
from ends, range(${binCount}) left join counts on bin = range
where low is not null order by range`;

const boundsSql = (spec: AggregationSpec, spans: readonly Span[], clock: Clock, happened: string): string => {
  const { looking } = spec;
  const last = `(select max(${happened}) from input_0)`;
  const moment = looking.mode === "as_of" ? looking.at : looking.mode === "grid" ? looking.end : null;
  const given = moment === null ? last : clock.moment({ ...moment, parameter: null });
  const columns = spans.flatMap((span) => {
    const { after, upTo } = boundsOf(span, "t", clock);
    return [`(${after ?? `(select min(${happened}) from input_0)`})::varchar`, `(${upTo ?? "t"})::varchar`];
  });
  return `select ${["t::varchar", ...columns].join(", ")} from (select ${given} as t)`;
};

/** Each span once, in the order of the file. */
const spansOf = ({ tables }: AggregationSpec): readonly Span[] => {
  const spans = tables.flatMap(({ measures }) =>
    measures.flatMap(({ span, over }) => (over === null ? [span] : [span, over])),
  );
  const named = new Map(spans.filter(({ kind }) => kind !== "all").map((span) => [spanName(span), span]));
  return [...named.values()];
};

const spanName = (span: Span): string => {
  if (span.kind === "window") return durationName(span.duration);
  return span.kind === "days" ? `days ${span.lower}–${span.upper}` : "all";
};
