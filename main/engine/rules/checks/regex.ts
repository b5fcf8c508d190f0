import { literal } from "../../duckdb/sql/identifiers.ts";
import { defineCheck } from "../check.ts";
import { columnsOf, eachColumn } from "../conditions.ts";

/** RE2, found anywhere in the text unless `^` and `$` say otherwise. */
export const regexCheck = defineCheck("regex", {
  claim: (spec) => `${columnsOf(spec).join(", ")} matches ${spec.pattern}`,
  probe: (spec) => eachColumn(columnsOf(spec), (column) => `not regexp_matches(${column}, ${literal(spec.pattern)})`),
});
