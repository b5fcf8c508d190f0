import type { CatalogueEntry } from "./entry.ts";

export const sourceErrors = {} as const satisfies Record<string, CatalogueEntry>;
