import { z } from "zod";

/** What a window without a project offers. */
export const startSchema = z.object({
  /** Newest first; folders that are gone are left out. */
  recent: z.array(z.object({ root: z.string(), name: z.string(), time: z.string() })),
  /** Whether the sample can be opened. */
  hasSample: z.boolean(),
  home: z.string(),
});
export type StartView = z.infer<typeof startSchema>;

export const folderSchema = z.object({
  folder: z.string(),
  /** `null` at the top. */
  parent: z.string().nullable(),
  isProject: z.boolean(),
  folders: z.array(z.object({ name: z.string(), isProject: z.boolean() })),
});
export type FolderView = z.infer<typeof folderSchema>;
