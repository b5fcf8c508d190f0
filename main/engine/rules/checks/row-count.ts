import { defineCheck } from "../check.ts";
import { boundsText, isWithin } from "../conditions.ts";

export const rowCountCheck = defineCheck("row_count", {
  claim: ({ min, max, equals }) => `row count ${equals === undefined ? boundsText(min, max) : equals}`,
  probe: ({ min, max, equals }) => ({
    kind: "figure",
    columns: [],
    aggregate: "count(*)",
    takesFilter: true,
    judge: (value) => {
      const rows = Number(value);
      const fits = isWithin(rows, { min, max }) && (equals === undefined || rows === equals);
      return { violated: !fits, observed: `${rows} rows` };
    },
  }),
});
