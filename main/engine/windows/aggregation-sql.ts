import { gridSql } from "./grid-sql.ts";
import { groupedSql } from "./grouped-sql.ts";
import { perEventSql } from "./per-event-sql.ts";
import type { AggregationSpec } from "./spec.ts";
import { spineSql } from "./spine-sql.ts";
import type { TableSql } from "./table-sql.ts";
import { tumblingSql } from "./tumbling-sql.ts";

/** One SELECT for each table of a node, the main one first. */
export const aggregationSql = (spec: AggregationSpec): readonly TableSql[] =>
  spec.tables.map((table) => {
    const { looking } = spec;
    const request = { spec, table };
    switch (looking.mode) {
      case "none":
      case "rows":
      case "as_of":
        return groupedSql(request);
      case "per_event":
        return perEventSql(request);
      case "spine":
        return spineSql(request, looking.time);
      case "grid":
        return gridSql(request, looking);
      case "tumbling":
        return tumblingSql(request, looking.every);
    }
  });
