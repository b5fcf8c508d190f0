import type { CatalogueEntry } from "./entry.ts";

export const lineageErrors = {
  lineage_column_unknown: {
    message: "{node} has no column {column}",
    next: "{suggestion}",
    exit: 2,
  },
  lineage_name_taken: {
    message: "{node} already has a column {column}",
    next: "Choose another name.",
    exit: 2,
  },
  lineage_target_missing: {
    message: "--breaks needs a column",
    next: "Write `headrace lineage --breaks NODE.column`.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
