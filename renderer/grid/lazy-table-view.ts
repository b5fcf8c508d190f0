import { lazy } from "react";

/** The grid with all around it, fetched when a table is first shown. */
export const TableView = lazy(async () => ({ default: (await import("./table-view.tsx")).TableView }));
