import type { CatalogueEntry } from "./entry.ts";

/** What SQL gets wrong about the columns and tables it reads, found without running it. */
export const schemaErrors = {
  sql_column_unknown: {
    message: "{node} uses column {column}, which none of its inputs has",
    next: "Correct the name; `headrace inspect` lists a node's columns.",
    exit: 2,
  },
  sql_column_gone: {
    message: "Column {column} no longer exists in {input}: used by {node}",
    next: "Use another column, or bring it back in {input}.",
    exit: 2,
  },
  sql_function_unknown: {
    message: "{node} calls {function}, and there is no such function",
    next: "Correct the name; the editor offers those that there are.",
    exit: 2,
  },
  sql_type_unknown: {
    message: "{node} casts to {type}, and there is no such type",
    next: "Correct the name of the type.",
    exit: 2,
  },
  sql_not_bound: {
    message: "The SQL of {node} does not fit its inputs: {detail}",
    next: "Correct the SQL at the place shown.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
