import { join } from "node:path";

import type { StudioHandlers } from "../../shared/api/index.ts";
import { dropDraft, listDrafts, putDraft } from "./drafts/draft-folder.ts";
import type { StudioWindow } from "./studio.ts";

const folderOf = ({ session }: StudioWindow): string => join(session.dataDir, "drafts");

/** Texts that could not be saved, kept beside the journal of edits until somebody decides about them. */
export const draftHandlers = {
  "draft.list": async (_input, window) => [...(await listDrafts(folderOf(window)))],
  "draft.put": async (draft, window) => {
    await putDraft(folderOf(window), draft);
    return {};
  },
  "draft.drop": async ({ key }, window) => {
    await dropDraft(folderOf(window), key);
    return {};
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
