import { quoted } from "../duckdb/sql/identifiers.ts";
import { Clock } from "./clock.ts";
import { framesOf, namedMeasures, own, placedTime } from "./framed-sql.ts";
import type { TableRequest, TableSql } from "./table-sql.ts";

/** The table of mode `per_event`: every event with all its columns, and what had happened by then. */
export const perEventSql = (request: TableRequest): TableSql => {
  const { spec, table } = request;
  const time = placedTime(new Clock(spec.zone, spec.time ?? ""), quoted(spec.time ?? ""));
  const frames = framesOf(request, [...spec.ids, ...table.groupBy].map(quoted), []);
  const added = [own.row, own.time, ...frames.inputNames];
  const read = [`*`, `row_number() over () as ${own.row}`, `${time} as ${own.time}`, ...frames.inputs];
  const measures = table.measures.map((_, index) => own.measure(index));
  const sql = `with events as (
  select ${read.join(",\n    ")}
  from input_0
), framed as (
  select *, ${frames.outputs.join(",\n    ")}
  from events${frames.windows}
)
select * exclude (${[...added, ...measures].join(", ")}),
  ${namedMeasures(table.measures).join(",\n  ")}
from framed
order by ${own.row}`;
  return { name: table.name, sql };
};
