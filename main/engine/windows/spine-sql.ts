import { quoted } from "../duckdb/sql/identifiers.ts";
import { Clock } from "./clock.ts";
import { framesOf, namedMeasures, own, placedTime } from "./framed-sql.ts";
import { allOf, type TableRequest, type TableSql } from "./table-sql.ts";

/**
 * The table of mode `spine`: every row of the spine with all its columns, and what had happened by its time.
 * Spine rows and events are sorted together, so that any number of either costs one sort.
 */
export const spineSql = (request: TableRequest, spineTime: string): TableSql => {
  const { spec, table } = request;
  const clock = new Clock(spec.zone, spec.time ?? "");
  const columns = [...spec.ids, ...table.groupBy];
  const keys = columns.map((_, index) => quoted(`__k${index}`));
  const keyed = columns.map((name, index) => `${quoted(name)} as ${keys[index]}`);
  const frames = framesOf(request, keys, [own.isEvent]);
  const events = [
    ...keyed,
    `${placedTime(clock, quoted(spec.time ?? ""))} as ${own.time}`,
    `true as ${own.isEvent}`,
    ...frames.inputs,
  ];
  // A key that is not known belongs to nobody.
  const known = [...columns.map((name) => `${quoted(name)} is not null`), `${own.time} is not null`];
  const sql = `with spine as (
  select *, row_number() over () as ${own.row}, ${placedTime(clock, quoted(spineTime))} as ${own.time}
  from input_1
), both_sides as (
  select ${events.join(",\n    ")}
  from input_0
  where ${allOf(known)}
  union all by name
  select ${[...keyed, own.time, own.row, `false as ${own.isEvent}`].join(", ")}
  from spine
), framed as (
  select ${[own.row, ...frames.outputs].join(",\n    ")}
  from both_sides${frames.windows}
)
select spine.* exclude (${own.row}, ${own.time}),
  ${namedMeasures(table.measures).join(",\n  ")}
from spine join framed using (${own.row})
order by ${own.row}`;
  return { name: table.name, sql };
};
