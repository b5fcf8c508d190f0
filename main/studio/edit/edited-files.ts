import type { FileChange } from "./edit-desk.ts";
import { readProjectFile, versionOf } from "./project-file.ts";

interface Held {
  readonly from: string | null;
  readonly before: string | null;
  text: string | null;
}

/** Files as an edit in the making has them: read once, changed in memory, written all together or not at all. */
export class EditedFiles {
  readonly #root: string;
  readonly #held = new Map<string, Held>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The text as this edit has left it; `null` for no file. */
  async read(file: string): Promise<string | null> {
    return (await this.#hold(file)).text;
  }

  async write(file: string, text: string | null): Promise<void> {
    (await this.#hold(file)).text = text;
  }

  changes(): readonly FileChange[] {
    return [...this.#held]
      .filter(([, { before, text }]) => before !== text)
      .map(([file, { from, text }]) => ({ file, from, text }));
  }

  async #hold(file: string): Promise<Held> {
    const known = this.#held.get(file);
    if (known !== undefined) return known;
    const { text } = await readProjectFile(this.#root, file);
    const held = { from: versionOf(text), before: text, text };
    this.#held.set(file, held);
    return held;
  }
}
