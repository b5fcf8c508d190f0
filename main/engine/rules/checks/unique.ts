import { defineCheck } from "../check.ts";

/** Every row whose key another row has too violates it. */
export const uniqueCheck = defineCheck("unique", {
  claim: (columns) => `${columns.join(", ")} unique`,
  probe: (columns) => ({ kind: "unique", columns }),
});
