import { literal, quoted } from "../../duckdb/sql/identifiers.ts";
import { defineCheck } from "../check.ts";

/** Every value is found in another table's column. */
export const relationshipsCheck = defineCheck("relationships", {
  claim: ({ column, to, field }) => `${column} found in ${to}.${field}`,
  probe: ({ column, to, field }, at) => {
    const key = `_headrace_key_${at}`;
    const sql = `select distinct ${quoted(field)} as ${key} from ref(${literal(to)}) where ${quoted(field)} is not null`;
    return {
      kind: "rows",
      columns: [column],
      bad: `${quoted(column)} is not null and ${key} is null`,
      isNull: `${quoted(column)} is null`,
      lookup: { sql, keys: [key], columns: [column] },
    };
  },
});
