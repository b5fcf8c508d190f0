import { defineCheck } from "../check.ts";

/** A SELECT over the inputs whose rows are the violations; it runs on its own. */
export const sqlCheck = defineCheck("sql", {
  claim: () => "its SQL returns no rows",
  probe: (sql) => ({ kind: "query", columns: [], sql: sql.trim().replace(/;\s*$/, "") }),
});
