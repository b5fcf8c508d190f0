import { defineCheck } from "../check.ts";
import { anyNull, only } from "../conditions.ts";

export const notNullCheck = defineCheck("not_null", {
  claim: (columns) => `${columns.join(", ")} not null`,
  probe: (columns) => ({
    kind: "rows",
    columns,
    bad: anyNull(columns),
    isNull: null,
    lookup: null,
    nullsOf: only(columns),
  }),
});
