import { lazyPart } from "../lazy-part.ts";

/** The grid with all around it, fetched when a table is first shown. */
export const TableView = lazyPart(async () => (await import("./table-view.tsx")).TableView);
