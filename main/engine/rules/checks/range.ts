import { defineCheck } from "../check.ts";
import { boundsText, columnsOf, eachColumn, outside } from "../conditions.ts";

/** Bounds belong to the range. */
export const rangeCheck = defineCheck("range", {
  claim: (spec) => `${columnsOf(spec).join(", ")} ${boundsText(spec.min, spec.max)}`,
  probe: (spec) => eachColumn(columnsOf(spec), (column) => outside(column, spec.min, spec.max)),
});
