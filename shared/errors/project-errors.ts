import type { CatalogueEntry } from "./entry.ts";

export const projectErrors = {} as const satisfies Record<string, CatalogueEntry>;
