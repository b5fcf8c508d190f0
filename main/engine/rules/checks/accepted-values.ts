import { literal } from "../../duckdb/sql/identifiers.ts";
import { defineCheck } from "../check.ts";
import { eachColumn } from "../conditions.ts";

/** So few values are looked through one by one in either form. */
const few = 16;

/** Values are written as text: DuckDB gives such literals the column's own type. */
export const acceptedValuesCheck = defineCheck("accepted_values", {
  claim: ({ column, values }) => `${column} one of ${values.map(String).join(", ")}`,
  probe: ({ column, values }, _at, typeOf) => {
    const list = values.map((value) => literal(String(value))).join(", ");
    // A function of text is asked of a dictionary's entries, the operator of every row.
    const asFunction = values.length <= few && typeOf(column) === "VARCHAR";
    return eachColumn([column], (value) =>
      asFunction ? `not list_contains([${list}], ${value})` : `${value} not in (${list})`,
    );
  },
});
