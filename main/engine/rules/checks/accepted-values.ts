import { literal } from "../../duckdb/sql/identifiers.ts";
import { defineCheck } from "../check.ts";
import { eachColumn } from "../conditions.ts";

/** Values are written as text: DuckDB gives such literals the column's own type. */
export const acceptedValuesCheck = defineCheck("accepted_values", {
  claim: ({ column, values }) => `${column} one of ${values.map(String).join(", ")}`,
  probe: ({ column, values }) => {
    const list = values.map((value) => literal(String(value))).join(", ");
    return eachColumn([column], (value) => `${value} not in (${list})`);
  },
});
