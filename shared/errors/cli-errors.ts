import type { CatalogueEntry } from "./entry.ts";

export const cliErrors = {
  connection_not_postgres: {
    message: "The connection {connection} is {type}, and an SQL prompt needs PostgreSQL",
    next: "Name a PostgreSQL connection of your profile with --connection.",
    exit: 2,
  },
  demo_unavailable: {
    message: "The demo's project was not found in {path}",
    next: "Reinstall Headrace: its package contains examples/nyc-flights.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
