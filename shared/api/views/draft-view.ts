import { z } from "zod";

import { textPartSchema } from "./edit-view.ts";

/** A text that somebody typed and that is not in its file. */
export const draftSchema = z.object({
  /** Which text it is, among all of the project. */
  key: z.string().min(1).max(1000),
  node: z.string().max(1000),
  part: textPartSchema.shape.part,
  file: z.string().max(1000),
  text: z.string().max(8 * 1024 * 1024),
  /** Of the text that it was made from. */
  version: z.string().max(200),
  /** ISO 8601. */
  time: z.string().max(40),
});
export type DraftView = z.infer<typeof draftSchema>;
