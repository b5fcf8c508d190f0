import type { CatalogueEntry } from "./entry.ts";

export const previewErrors = {
  view_value_unfit: {
    message: "A filter of {table} has a value that its column cannot hold: {detail}",
    next: "Correct the filter's value, or remove the filter.",
    exit: 1,
  },
  view_failed: {
    message: "{table} cannot be read: {detail}",
    next: "Try again; if its file was replaced or removed meanwhile, run the node first.",
    exit: 1,
  },
  view_column_missing: {
    message: "{table} has no column {column}",
    next: "Remove the filter, the sort or the key that names it.",
    exit: 1,
  },
  copy_too_large: {
    message: "The selection has {cells} cells; at most {limit} are copied at a time",
    next: "Select fewer rows or columns, or export the table.",
    exit: 1,
  },
  export_too_large: {
    message: "A sheet of {format} holds {limit}, and this table has {found}",
    next: "Filter it, hide columns, or export CSV or parquet, which have no limit.",
    exit: 1,
  },
  export_gone: {
    message: "The exported file is no longer there",
    next: "Export it again.",
    exit: 1,
  },
  difference_none: {
    message: "{node} has no earlier output to compare with",
    next: "Change the node and run it: what moved is shown here afterwards.",
    exit: 1,
  },
  draft_not_sql: {
    message: "{node} is not made by SQL",
    next: "Run the node to see what it gives.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;
