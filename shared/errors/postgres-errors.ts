import type { CatalogueEntry } from "./entry.ts";

export const postgresErrors = {} as const satisfies Record<string, CatalogueEntry>;
