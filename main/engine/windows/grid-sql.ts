import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import { Clock } from "./clock.ts";
import { diffUnit, type Duration, intervalText, timesInterval } from "./duration.ts";
import { framesOf, namedMeasures, own, placedTime } from "./framed-sql.ts";
import type { Looking } from "./spec.ts";
import { ordinals, type TableRequest, type TableSql } from "./table-sql.ts";

type Grid = Extract<Looking, { mode: "grid" }>;

/** Steps of whole days follow the calendar, shorter ones the steady clock. */
const isOnCalendar = ({ unit }: Duration): boolean => unit === "d" || unit === "w" || unit === "mo" || unit === "y";

/** The beginning of the step that `t` is in, on the clock of the steps. */
export const bucketOf = (every: Duration, t: string, clock: Clock): string =>
  `time_bucket(interval '${intervalText(every)}', ${isOnCalendar(every) ? clock.toCalendar(t) : t})`;

/** From the clock of the steps to the steady one. */
export const fromSteps = (every: Duration, time: string, clock: Clock): string =>
  isOnCalendar(every) ? clock.fromCalendar(time) : time;

/**
 * The table of mode `grid`: what `as_of` would say at each step, one row for each entity that had been seen by then.
 */
export const gridSql = (request: TableRequest, grid: Grid): TableSql => {
  const { spec, table } = request;
  const clock = new Clock(spec.zone, spec.time ?? "");
  const ids = spec.ids.map(quoted);
  const groups = table.groupBy.map(quoted);
  const keys = [...ids, ...groups];
  const frames = framesOf(request, keys, [own.isEvent]);
  const end = clock.moment(grid.end);
  const first = quoted("__first");
  const seen = spec.includeCurrent ? ">=" : ">";
  const selected = [...ids, `${clock.shown(own.time)} as ${quoted(grid.column)}`, ...groups];
  const sql = `with events as (
  select ${[...keys, `${placedTime(clock, quoted(spec.time ?? ""))} as ${own.time}`, ...frames.inputs].join(",\n    ")}
  from input_0
  where ${own.time} <= ${end}
), points as (
${pointsSql(grid, end, clock)}
), firsts as (
  select ${[...keys, `min(${own.time}) as ${first}`].join(", ")}
  from events${keys.length === 0 ? "" : `\n  group by ${ordinals(keys.length)}`}
), both_sides as (
  select *, true as ${own.isEvent} from events
  union all by name
  select ${[...keys, own.time, `false as ${own.isEvent}`].join(", ")}
  from firsts join points on ${own.time} ${seen} ${first}
), framed as (
  select ${[...keys, own.time, own.isEvent, ...frames.outputs].join(",\n    ")}
  from both_sides${frames.windows}
)
select ${[...selected, ...namedMeasures(table.measures)].join(",\n  ")}
from framed
where not ${own.isEvent}
order by ${ordinals(selected.length)}`;
  return { name: table.name, sql };
};

/** More would be a slip in `every` or a date far away, and fill the disk. */
const mostSteps = 1_000_000;
const tooMany = `the grid has more than ${mostSteps} steps: raise every, or give start and end`;

/** The grid's times. Each is counted from the beginning, so that a grid from the 31st keeps to the ends of months. */
const pointsSql = ({ every, start }: Grid, end: string, clock: Clock): string => {
  const onSteps = (steady: string): string => (isOnCalendar(every) ? clock.toCalendar(steady) : steady);
  const earliest = `(select min(${own.time}) from events)`;
  const from = start === null ? bucketOf(every, earliest, clock) : onSteps(clock.moment(start));
  const { part, count } = diffUnit(every);
  const [begin, steps, k] = [quoted("__start"), quoted("__steps"), quoted("__k")];
  return `  select ${own.time} from (
    select ${fromSteps(every, `${begin} + ${timesInterval(every, k)}`, clock)} as ${own.time}
    from (
      select ${begin}, unnest(range(0, case when ${steps} > ${mostSteps} then error(${literal(tooMany)}) else ${steps} end)) as ${k}
      from (
        select ${begin}, date_diff('${part}', ${begin}, ${onSteps(end)}) // ${count} + 2 as ${steps}
        from (select ${from} as ${begin})
      )
    )
  )
  where ${own.time} <= ${end}`;
};
