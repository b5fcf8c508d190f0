import { defineCheck } from "../check.ts";
import { bracketed } from "../conditions.ts";

/** A SQL condition that every row meets; NULL is neither met nor violated. */
export const expressionCheck = defineCheck("expression", {
  claim: (expression) => expression.trim(),
  probe: (expression) => ({
    kind: "rows",
    columns: [],
    bad: `not ${bracketed(expression)}`,
    isNull: `${bracketed(expression)} is null`,
    lookup: null,
  }),
});
