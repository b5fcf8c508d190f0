import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { type DraftView, draftSchema } from "../../../shared/api/index.ts";
import { replaceFile } from "../../engine/index.ts";

/** More than anyone leaves behind; the newest are kept. */
const mostDrafts = 50;

const writing = new Map<string, Promise<unknown>>();

/** One thing at a time for each draft: the last word is the one that stays. */
const inTurn = async (path: string, work: () => Promise<unknown>): Promise<void> => {
  const turn = (writing.get(path) ?? Promise.resolve()).then(work, work);
  writing.set(path, turn);
  try {
    await turn;
  } finally {
    if (writing.get(path) === turn) writing.delete(path);
  }
};

const pathOf = (folder: string, key: string): string =>
  join(folder, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`);

/** Keeps the text, in the place of an older one of the same key; it survives a loss of power. */
export const putDraft = (folder: string, draft: DraftView): Promise<void> => {
  const path = pathOf(folder, draft.key);
  return inTurn(path, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFile(path, JSON.stringify(draft));
  });
};

export const dropDraft = (folder: string, key: string): Promise<void> => {
  const path = pathOf(folder, key);
  return inTurn(path, () => rm(path, { force: true }));
};

const readDraft = async (path: string): Promise<readonly DraftView[]> => {
  try {
    return [draftSchema.parse(JSON.parse(await readFile(path, "utf8")))];
  } catch {
    return [];
  }
};

/** What was typed and never saved, newest first; what cannot be read is left out. */
export const listDrafts = async (folder: string): Promise<readonly DraftView[]> => {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(".json"));
  const found = (await Promise.all(files.map((name) => readDraft(join(folder, name))))).flat();
  return found.toSorted((a, b) => (a.time < b.time ? 1 : -1)).slice(0, mostDrafts);
};
