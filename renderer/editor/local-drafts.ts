import { type DraftView, draftSchema } from "../../shared/api/index.ts";

// Beside what the engine keeps: when it is gone, this is the only place left.
const prefix = "headrace.draft ";

const nameOf = (root: string, key: string): string => `${prefix}${root}\n${key}`;

/** Keeps a text in the browser's own storage, as far as that has room. */
export const keepHere = (root: string, draft: DraftView): void => {
  try {
    localStorage.setItem(nameOf(root, draft.key), JSON.stringify(draft));
  } catch {
    // Full, or not allowed: the engine's copy is the one that counts.
  }
};

export const dropHere = (root: string, key: string): void => localStorage.removeItem(nameOf(root, key));

/** What this browser holds of a project. */
export const keptHere = (root: string): readonly DraftView[] =>
  Object.keys(localStorage).flatMap((name) => {
    if (!name.startsWith(nameOf(root, ""))) return [];
    try {
      return [draftSchema.parse(JSON.parse(localStorage.getItem(name) ?? ""))];
    } catch {
      return [];
    }
  });
