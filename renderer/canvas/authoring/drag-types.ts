// What panels put on a drag for the canvas to take: types of a DataTransfer.

import { z } from "zod";

/** A template's id, from the palette. */
export const templateDrag = "application/x-headrace-template";

/** A server's table, from the connections panel: JSON as below. */
export const tableDrag = "application/x-headrace-table";
export const draggedTableSchema = z.object({
  connection: z.string(),
  /** How the connection's type is called, e.g. `postgresql`, `sqlite`. */
  type: z.string(),
  schema: z.string().nullable(),
  table: z.string(),
});
export type DraggedTable = z.infer<typeof draggedTableSchema>;
