import type { CatalogueEntry } from "./entry.ts";

export const runErrors = {
  internal_error: {
    message: "Headrace met a state it should not be in: {what}",
    next: "Please report this with the output of the same command and --verbose.",
    exit: 1,
  },
  cancelled: {
    message: "Cancelled.",
    next: "Run the same command again: it resumes where it stopped.",
    exit: 130,
  },
} as const satisfies Record<string, CatalogueEntry>;
