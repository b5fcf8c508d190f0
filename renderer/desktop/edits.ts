import type { StudioClient } from "../../shared/api/index.ts";
import { askShell, isDesktop } from "./bridge.ts";

const edits: ReadonlySet<string> = new Set([
  "edit.apply",
  "edit.undo",
  "edit.redo",
  "canvas.put",
  "file.put",
  "node.put-text",
]);

/** What is not in its file yet: names of editors that wait before they save, and calls under way. */
const unsaved = new Set<unknown>();
let told = false;

const tell = (): void => {
  const isEdited = unsaved.size > 0;
  if (isEdited === told || !isDesktop()) return;
  told = isEdited;
  askShell("window.edited", { isEdited }).catch(() => undefined);
};

/** Shows that something typed is not in its file yet; the title carries a mark until `markSaved` with the same key. */
export const markUnsaved = (key: unknown): void => {
  unsaved.add(key);
  tell();
};

export const markSaved = (key: unknown): void => {
  unsaved.delete(key);
  tell();
};

/** The client, with every edit on its way to a file known to the title bar. */
export const watchingEdits = (client: StudioClient): StudioClient => ({
  ...client,
  async call(name, input, signal) {
    if (!edits.has(name)) return client.call(name, input, signal);
    const key = {};
    markUnsaved(key);
    try {
      return await client.call(name, input, signal);
    } finally {
      markSaved(key);
    }
  },
});
