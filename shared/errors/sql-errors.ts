import type { CatalogueEntry } from "./entry.ts";

export const sqlErrors = {
  sql_failed: {
    message: "The SQL of {node} failed: {detail}",
    next: "Correct the SQL; `headrace preview` shows the tables it reads.",
    exit: 1,
  },
  sql_not_select: {
    message: "A transform is one SELECT, but {node} has {found}",
    next: "Keep one SELECT (WITH, FROM-first, VALUES and PIVOT included); materializations write results.",
    exit: 2,
  },
  sql_host_lost: {
    message: "The process that ran the SQL of {node} ended unexpectedly ({how})",
    next: "Run again; if it happens twice, give the node `resources: {memory: …}` or make the query smaller.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;
