// Everything in one scan: a GROUP BY whose columns differ by their FILTER.

import { quoted } from "../duckdb/sql/identifiers.ts";
import { boundsOf } from "./bounds.ts";
import { Clock } from "./clock.ts";
import { callOn } from "./functions.ts";
import { momentSql } from "./moment.ts";
import type { AggregationSpec, Measure, Span } from "./spec.ts";
import { allOf, filterOf, guarded, type TableRequest, type TableSql, valueOf } from "./table-sql.ts";

/** How rows are chosen: what of them is seen at all, and what of that a span holds. */
interface Scan {
  /** Key columns before the group's own, each with its SQL. */
  readonly keys: readonly { readonly name: string; readonly sql: string; readonly grouped: boolean }[];
  readonly where: readonly string[];
  conditions(span: Span): readonly string[];
}

/** The table of modes `none`, `as_of` and `rows`. */
export const groupedSql = ({ spec, table }: TableRequest): TableSql => {
  const { keys, where, conditions } = scanOf(spec);
  const all = [...keys, ...table.groupBy.map((name) => ({ name, sql: quoted(name), grouped: true }))];
  const selected = [
    ...all.map(({ name, sql }) => (sql === quoted(name) ? sql : `${sql} as ${quoted(name)}`)),
    ...table.measures.map((measure) => `${measureSql(spec, measure, conditions)} as ${quoted(measure.name)}`),
  ];
  const groups = all.flatMap(({ grouped }, index) => (grouped ? [index + 1] : []));
  const lines = [
    `select\n  ${selected.join(",\n  ")}`,
    "from input_0",
    ...(where.length === 0 ? [] : [`where ${allOf(where)}`]),
    ...(groups.length === 0 ? [] : [`group by ${groups.join(", ")}`, `order by ${groups.join(", ")}`]),
  ];
  return { name: table.name, sql: lines.join("\n") };
};

const measureSql = (spec: AggregationSpec, measure: Measure, conditions: Scan["conditions"]): string => {
  const time = spec.time === null ? "null" : quoted(spec.time);
  const aggregate = (span: Span): string => {
    const own = measure.filter === null ? [] : [guarded(measure.filter)];
    // Without a window nothing else leaves out rows whose time is not known.
    const placed = measure.function.ordered && spec.looking.mode === "none" ? [`${time} is not null`] : [];
    return `${callOn(measure.function, measure.column, time)}${filterOf([...conditions(span), ...placed, ...own])}`;
  };
  return valueOf(measure, aggregate(measure.span), measure.over === null ? null : aggregate(measure.over));
};

const scanOf = (spec: AggregationSpec): Scan => {
  const ids = spec.ids.map((name) => ({ name, sql: quoted(name), grouped: true }));
  const { looking, time } = spec;
  if (looking.mode === "none" || time === null) return { keys: ids, where: [], conditions: () => [] };
  const clock = new Clock(spec.zone, time);
  const happened = clock.steady(quoted(time));
  const latest = spec.includeCurrent ? "<=" : "<";
  if (looking.mode === "as_of") {
    const t = clock.moment(looking.at);
    const shown = looking.at.isDate ? momentSql(looking.at, "date") : clock.shown(t);
    return {
      keys: [...ids, { name: looking.column, sql: shown, grouped: false }],
      where: [`${happened} ${latest} ${t}`],
      conditions: (span) => within(span, happened, t, clock),
    };
  }
  if (looking.mode !== "rows") throw new TypeError(`${looking.mode} is not a grouping of rows`);
  const application = quoted(looking.application);
  const t = clock.steady(application);
  return {
    keys: [...ids, { name: looking.application, sql: application, grouped: true }],
    where: [],
    conditions: (span) => [
      seen(span, happened, t, application, spec.includeCurrent),
      ...within(span, happened, t, clock),
    ],
  };
};

/** A date stands for its whole day where days are counted, and for its first moment where seconds are. */
const seen = (span: Span, happened: string, t: string, application: string, includeCurrent: boolean): string => {
  if (!includeCurrent) return `${happened} < ${t}`;
  if (span.kind === "window") return `${happened} <= ${t}`;
  return `case when typeof(${application}) = 'DATE' then ${happened} < ${t} + interval '1 day' else ${happened} <= ${t} end`;
};

const within = (span: Span, happened: string, t: string, clock: Clock): readonly string[] => {
  const { after, upTo } = boundsOf(span, t, clock);
  return [...(after === null ? [] : [`${happened} > ${after}`]), ...(upTo === null ? [] : [`${happened} <= ${upTo}`])];
};
