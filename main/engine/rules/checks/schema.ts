import { defineCheck } from "../check.ts";

/** The columns are there, with their types; `extra: fail` allows no others. */
export const schemaCheck = defineCheck("schema", {
  claim: ({ columns }) =>
    `columns ${columns.map(({ name, type }) => (type === null ? name : `${name} ${type}`)).join(", ")}`,
  probe: (spec) => ({ kind: "schema", columns: [], spec }),
});
