import { defineCheck } from "../check.ts";
import { boundsText, bracketed, isWithin } from "../conditions.ts";

/** A figure of the whole table within bounds; the figure of no rows is NULL. */
export const aggregateCheck = defineCheck("aggregate", {
  claim: ({ expression, min, max }) => `${expression.trim()} ${boundsText(min, max)}`,
  probe: ({ expression, min, max }) => ({
    kind: "figure",
    columns: [],
    aggregate: `${bracketed(expression)}::double`,
    takesFilter: false,
    judge: (value) => ({
      violated: value !== null && !isWithin(toNumber(value), { min, max }),
      observed: value ?? "NULL",
    }),
  }),
});

/** DuckDB writes `nan` and `inf`; neither is within bounds. */
const toNumber = (text: string): number => {
  if (text === "inf") return Number.POSITIVE_INFINITY;
  return text === "-inf" ? Number.NEGATIVE_INFINITY : Number(text);
};
