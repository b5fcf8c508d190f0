import { defineCheck } from "../check.ts";
import { only } from "../conditions.ts";

const whole = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT)$/;

/** Every row whose key another row has too violates it. */
export const uniqueCheck = defineCheck("unique", {
  claim: (columns) => `${columns.join(", ")} unique`,
  probe: (columns, _at, typeOf) => {
    const column = only(columns);
    return { kind: "unique", columns, isWhole: column !== undefined && whole.test(typeOf(column) ?? "") };
  },
});
