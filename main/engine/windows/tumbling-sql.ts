import { quoted } from "../duckdb/sql/identifiers.ts";
import { Clock } from "./clock.ts";
import { type Duration, intervalText } from "./duration.ts";
import { placedTime, own } from "./framed-sql.ts";
import { callOn } from "./functions.ts";
import { bucketOf, fromSteps } from "./grid-sql.ts";
import { filterOf, guarded, ordinals, type TableRequest, type TableSql, valueOf } from "./table-sql.ts";

/** The columns that say which window a row is about. */
export const tumblingColumns = ["window_start", "window_end"] as const;

/** The table of mode `tumbling`: windows `[start, end)` side by side, one row for each that has events. */
export const tumblingSql = ({ spec, table }: TableRequest, every: Duration): TableSql => {
  const clock = new Clock(spec.zone, spec.time ?? "");
  const time = quoted(spec.time ?? "");
  const ends = `${own.time} + interval '${intervalText(every)}'`;
  const [start, end] = tumblingColumns.map(quoted);
  const keys = [
    ...spec.ids.map(quoted),
    `${clock.shown(fromSteps(every, own.time, clock))} as ${start}`,
    `${clock.shown(fromSteps(every, ends, clock))} as ${end}`,
    ...table.groupBy.map(quoted),
  ];
  const measures = table.measures.map((measure) => {
    const filters = measure.filter === null ? [] : [guarded(measure.filter)];
    const call = `${callOn(measure.function, measure.column, time)}${filterOf(filters)}`;
    return `${valueOf(measure, call, null)} as ${quoted(measure.name)}`;
  });
  const sql = `select ${[...keys, ...measures].join(",\n  ")}
from (
  select *, ${bucketOf(every, placedTime(clock, time), clock)} as ${own.time}
  from input_0
)
where ${own.time} is not null
group by ${ordinals(keys.length)}
order by ${ordinals(keys.length)}`;
  return { name: table.name, sql };
};
