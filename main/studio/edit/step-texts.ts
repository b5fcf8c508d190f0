import type { JournalChange } from "./command-journal.ts";
import { readProjectFile, versionOf } from "./project-file.ts";
import { applySplice, spliceBetween } from "./text-splice.ts";

/** Files as steps of the history would leave them, one after another, before anything is written. */
export class StepTexts {
  readonly #root: string;
  readonly #texts = new Map<string, string | null>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The change as it has to be made to the file as it is by then; `null` when the file says something else there. */
  async apply(change: JournalChange): Promise<JournalChange | null> {
    const { file, from, to, splice } = change;
    const now = await this.#read(file);
    if (versionOf(now) === from) {
      this.#texts.set(file, to === null ? null : applySplice(now ?? "", splice));
      return change;
    }
    const text = now === null || to === null ? null : applySplice(now, splice);
    if (text === null) return null;
    this.#texts.set(file, text);
    return { file, from: versionOf(now), to: versionOf(text), splice: spliceBetween(now ?? "", text) };
  }

  async #read(file: string): Promise<string | null> {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    const { text } = await readProjectFile(this.#root, file);
    this.#texts.set(file, text);
    return text;
  }
}

/** A place where a step of the history meets an edit from elsewhere. */
export interface EditConflict {
  readonly file: string;
  /** The file as it is now, `null` when it is gone. */
  readonly now: string | null;
  /** What the step would have put there, with the lines around it; `null`: it would take the file away. */
  readonly wanted: string | null;
  /** What the step expected to find there. */
  readonly expected: string;
}

/** Both sides of a conflict, for a person to choose. */
export const conflictOf = async (root: string, { file, to, splice }: JournalChange): Promise<EditConflict> => {
  const { before, removed, inserted, after } = splice;
  const { text } = await readProjectFile(root, file);
  return {
    file,
    now: text,
    wanted: to === null ? null : before + inserted + after,
    expected: before + removed + after,
  };
};
