import type { CatalogueEntry } from "./entry.ts";

export const pythonErrors = {} as const satisfies Record<string, CatalogueEntry>;
