import { defineCheck } from "../check.ts";
import { boundsText, columnsOf, eachColumn, outside } from "../conditions.ts";

/** Characters of a text, entries of a list. */
export const lengthCheck = defineCheck("length", {
  claim: (spec) => `length of ${columnsOf(spec).join(", ")} ${boundsText(spec.min, spec.max)}`,
  probe: (spec) => eachColumn(columnsOf(spec), (column) => outside(`len(${column})`, spec.min, spec.max)),
});
