import type { CatalogueEntry } from "./entry.ts";

export const targetErrors = {
  target_not_there: {
    message: "{target} is not there",
    next: "Materialize the node first; then its rows can be looked at here.",
    exit: 1,
  },
  target_settings_invalid: {
    message: "The target's settings cannot be used: {detail}",
    next: "Correct them in the form, or in the node's `materializations:`.",
    exit: 2,
  },
  production_unconfirmed: {
    message: "{tables} would be replaced, with rows in it, on a connection that is marked production; nothing was run",
    next: "Run again with {options}, or with --no-materialize to leave targets as they are.",
    exit: 2,
  },
  production_replace_refused: {
    message: "{table} has rows and is on the production connection {connection}: it was not replaced",
    next: "Run again with --confirm {table}, or choose another mode.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;
