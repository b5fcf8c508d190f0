import type { CatalogueEntry } from "./entry.ts";

export const trustErrors = {
  project_untrusted: {
    message: "{folder} is open restricted: nothing of it is run, imported or connected to until you trust it",
    next: "Look through its files; if you know where they come from, choose Trust in the window.",
    exit: 2,
  },
  trust_not_written: {
    message: "The list of trusted folders cannot be written ({detail})",
    next: "Check that you may write to {path} and that the disk is not full.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
