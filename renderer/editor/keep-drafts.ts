import type { DraftView, TextPart } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { project } from "../store/project-store.ts";
import { heldHere } from "./draft-store.ts";
import { dropHere, keepHere } from "./local-drafts.ts";
import type { BufferState, TextBuffer } from "./text-buffer.ts";

/** Saving by itself ends here: the text stays unsaved until somebody decides, or the engine is back. */
const atRisk: ReadonlySet<BufferState["status"]> = new Set(["conflict", "failed"]);

/** Keeps a copy of a buffer's text wherever it cannot be saved, so that a kill or a reload does not cost it. */
export const keepDrafts = (buffer: TextBuffer, node: string, { part, file }: TextPart): void => {
  const root = project.getState().info?.root ?? "";
  let kept: string | null = null;
  buffer.state.subscribe(({ status, text }) => {
    if (atRisk.has(status) && buffer.isDirty) {
      if (text === kept) return;
      kept = text;
      heldHere.add(buffer.key);
      const { key, version } = buffer;
      keep(root, { key, node, part, file, text, version, time: new Date().toISOString() });
    } else if (status === "saved" && kept !== null) {
      kept = null;
      dropDraft(root, buffer.key);
    }
  });
};

const keep = (root: string, draft: DraftView): void => {
  keepHere(root, draft);
  Promise.resolve()
    .then(() => host().call("draft.put", draft))
    .catch(() => undefined);
};

/** Forgets a text that is saved, or that nobody wants. */
export const dropDraft = (root: string, key: string): void => {
  heldHere.delete(key);
  dropHere(root, key);
  Promise.resolve()
    .then(() => host().call("draft.drop", { key }))
    .catch(() => undefined);
};
