import { quoted } from "../../duckdb/sql/identifiers.ts";
import { defineCheck } from "../check.ts";
import { boundLiteral, boundsText, columnsOf, eachColumn, only, outside } from "../conditions.ts";

/** Types whose least and greatest values parquet keeps exactly: text is cut there, and NaN is in no bound. */
const ordered = /^(?:U?(?:TINY|SMALL|BIG)?INT(?:EGER)?|DECIMAL\(.*\)|DATE|TIME|TIMESTAMP(?:_\w+| WITH TIME ZONE)?)$/;

/** Bounds belong to the range. */
export const rangeCheck = defineCheck("range", {
  claim: (spec) => `${columnsOf(spec).join(", ")} ${boundsText(spec.min, spec.max)}`,
  probe: (spec, _at, typeOf) => {
    const probe = eachColumn(columnsOf(spec), (column) => outside(column, spec.min, spec.max));
    const column = only(columnsOf(spec));
    const isOrdered = column !== undefined && ordered.test(typeOf(column) ?? "");
    return isOrdered ? { ...probe, proof: within(quoted(column), spec.min, spec.max) } : probe;
  },
});

/** True when no value is outside; also when there is none. */
const within = (column: string, min: number | string | undefined, max: number | string | undefined): string => {
  const least = min === undefined ? [] : [`min(${column}) >= ${boundLiteral(min)}`];
  const greatest = max === undefined ? [] : [`max(${column}) <= ${boundLiteral(max)}`];
  return `coalesce(${[...least, ...greatest].join(" and ")}, true)`;
};
