import { createStore } from "zustand/vanilla";

import type { DraftView, StudioClient } from "../../shared/api/index.ts";
import { keptHere } from "./local-drafts.ts";

/** Texts of an earlier window that were typed and never saved: somebody has to say what becomes of them. */
export const foundDrafts = createStore<{ readonly drafts: readonly DraftView[] }>(() => ({ drafts: [] }));

/** Keys of the texts that this window holds itself: it needs no telling. */
export const heldHere = new Set<string>();

/** Looks for such texts as a project opens; whatever stands in its file by now is none. */
export const lookForDrafts = async (client: StudioClient, root: string): Promise<void> => {
  const kept = await client.call("draft.list", {});
  const newest = new Map<string, DraftView>();
  for (const draft of [...kept, ...keptHere(root)]) {
    const other = newest.get(draft.key);
    if (other === undefined || other.time < draft.time) newest.set(draft.key, draft);
  }
  const found = [...newest.values()].filter(({ key }) => !heldHere.has(key));
  const isSaved = await Promise.all(found.map((draft) => isInPlace(client, draft)));
  const drafts = found.filter((_draft, at) => isSaved[at] !== true);
  foundDrafts.setState({ drafts: drafts.toSorted((a, b) => (a.time < b.time ? 1 : -1)) });
};

/** Takes a text off the list of those that are asked about. */
export const forgetFound = (key: string): void =>
  foundDrafts.setState(({ drafts }) => ({ drafts: drafts.filter((draft) => draft.key !== key) }));

const isInPlace = async (client: StudioClient, { node, part, file, text }: DraftView): Promise<boolean> => {
  try {
    if (part !== "sql" || !/\.ya?ml$/i.test(file)) return (await client.call("file.get", { file })).text === text;
    const parts = await client.call("node.text", { node });
    return parts.some((own) => own.part === "sql" && own.text === text);
  } catch {
    return false;
  }
};
