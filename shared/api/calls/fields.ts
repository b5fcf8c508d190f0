// What inputs of calls are made of, with the limits of each.

import { z } from "zod";

export const nothing = z.object({});
/** A node's id. */
export const node = z.string().min(1).max(500);
/** A path in the project's folder. */
export const file = z.string().min(1).max(1000);
export const column = z.string().min(1).max(1000);
/** What a whole file may say. */
export const text = z.string().max(8_000_000);
/** How an edit is called in the history; edits of one group in a row are undone together. */
export const editing = { label: z.string().max(200), group: z.string().max(100).nullable().default(null) };
