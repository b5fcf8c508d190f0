// Every error a person can meet: a stable code, a sentence, the place, the next step.
export * from "./errors.ts";
export { catalogue } from "./catalogue.ts";
export type { CatalogueEntry } from "./entry.ts";
