import { ProjectError } from "../../../shared/errors/index.ts";
import { CommandJournal, type JournalChange, type JournalEdit, type JournalLine } from "./command-journal.ts";
import { readProjectFile, versionOf, writeProjectFile } from "./project-file.ts";
import { conflictOf, type EditConflict, StepTexts } from "./step-texts.ts";
import { applySplice, inverse, spliceBetween } from "./text-splice.ts";

/** A new text for a file, made from the version it was read at. */
export interface FileChange {
  readonly file: string;
  /** What the change was made from; another version by now is a conflict. */
  readonly from: string | null;
  /** `null` takes the file away. */
  readonly text: string | null;
}

export interface EditRequest {
  /** What it is called in the history, e.g. `Move 3 nodes`. */
  readonly label: string;
  /** Edits of one group in a row are undone together: keystrokes, a drag. */
  readonly group?: string | null | undefined;
  readonly changes: readonly FileChange[];
}

export interface EditState {
  readonly undo: string | null;
  readonly redo: string | null;
  readonly history: readonly {
    readonly id: number;
    readonly label: string;
    readonly time: string;
    readonly undone: boolean;
  }[];
}

const filesAtOnce = 512;

/**
 * Every edit of the project's files that a window asks for: written to a journal, then to the files, so that a kill
 * between the two is finished at the next start, and everything can be undone for as long as the journal is there.
 */
export class EditDesk implements AsyncDisposable {
  readonly #root: string;
  readonly #journal: CommandJournal;
  readonly #changed: (files: readonly string[]) => void;
  readonly #done: JournalEdit[] = [];
  readonly #undone: JournalEdit[] = [];
  #lastId = 0;
  #unfinished: JournalLine | null = null;
  #last: Promise<unknown>;

  /** `changed` is told the files of every edit once they are written. */
  constructor(root: string, journalPath: string, changed: (files: readonly string[]) => void) {
    this.#root = root;
    this.#changed = changed;
    this.#journal = new CommandJournal(journalPath);
    for (const line of this.#journal.lines) this.#replay(line);
    // A file that cannot be written now is tried again with the next edit, which tells the person.
    this.#last = this.#finish().catch(() => undefined);
  }

  /** Writes the files. Throws `edit_conflict` when one of them is another version by now; then nothing is written. */
  apply({ label, group = null, changes }: EditRequest): Promise<void> {
    return this.#inTurn(async () => {
      const planned: JournalChange[] = [];
      for (const { file, from, text } of changes) {
        const now = await readProjectFile(this.#root, file);
        if (now.hash !== from) throw new ProjectError("edit_conflict", { params: { file } });
        if (now.text === text) continue;
        planned.push({ file, from, to: versionOf(text), splice: spliceBetween(now.text ?? "", text ?? "") });
      }
      if (planned.length === 0) return;
      const edit = {
        type: "edit" as const,
        id: this.#lastId + 1,
        time: new Date().toISOString(),
        label,
        group,
        changes: planned,
      };
      await this.#write(edit);
    });
  }

  /**
   * Takes back the last edit, with the others of its group; returns its label, `null` when there is none. Throws
   * `edit_conflict` when a file says something else there by now: then nothing of it is taken back. With `skip`
   * such files stay as they are, and the edit counts as undone.
   */
  undo(skip = false): Promise<string | null> {
    return this.#inTurn(() => this.#steps("undo", lastGroup(this.#done), skip));
  }

  redo(skip = false): Promise<string | null> {
    return this.#inTurn(() => this.#steps("redo", lastGroup(this.#undone), skip));
  }

  /** Undoes or redoes until the edit `id` is the last one done; 0 undoes everything. All of it or nothing. */
  jump(id: number): Promise<string | null> {
    return this.#inTurn(async () => {
      const done = this.#done.findIndex((edit) => edit.id === id);
      if (id === 0 || done >= 0) return this.#steps("undo", this.#done.slice(done + 1).toReversed(), false);
      const undone = this.#undone.findIndex((edit) => edit.id === id);
      return undone < 0 ? null : this.#steps("redo", this.#undone.slice(undone).toReversed(), false);
    });
  }

  /** Where the next step meets what another program wrote: what the file says there now, and what the step would. */
  conflicts(type: "undo" | "redo"): Promise<readonly EditConflict[]> {
    return this.#inTurn(async () => {
      const texts = new StepTexts(this.#root);
      const found: EditConflict[] = [];
      for (const edit of lastGroup(type === "undo" ? this.#done : this.#undone)) {
        for (const change of changesOf(type, edit)) {
          if ((await texts.apply(change)) === null) found.push(await conflictOf(this.#root, change));
        }
      }
      return found;
    });
  }

  state(): Promise<EditState> {
    return this.#inTurn(async () => ({
      undo: this.#done.at(-1)?.label ?? null,
      redo: this.#undone.at(-1)?.label ?? null,
      history: [
        ...this.#done.map(({ id, label, time }) => ({ id, label, time, undone: false })),
        ...this.#undone.toReversed().map(({ id, label, time }) => ({ id, label, time, undone: true })),
      ],
    }));
  }

  /** Every step is thought through on the files' texts first: a conflict in one of them leaves all undone. */
  async #steps(type: "undo" | "redo", edits: readonly JournalEdit[], skip: boolean): Promise<string | null> {
    const texts = new StepTexts(this.#root);
    const lines: Exclude<JournalLine, { type: "done" }>[] = [];
    for (const edit of edits) {
      const changes: JournalChange[] = [];
      for (const change of changesOf(type, edit)) {
        const now = await texts.apply(change);
        if (now !== null) changes.push(now);
        else if (!skip) throw new ProjectError("edit_conflict", { params: { file: change.file } });
      }
      lines.push({ type, id: edit.id, changes });
    }
    for (const line of lines) await this.#write(line);
    return edits[0]?.label ?? null;
  }

  async #write(line: Exclude<JournalLine, { type: "done" }>): Promise<void> {
    await this.#journal.append(line);
    this.#replay(line);
    await this.#finish();
  }

  /** Brings the files of an operation that is in the journal to where it says they are. */
  async #finish(): Promise<void> {
    const line = this.#unfinished;
    if (line === null || line.type === "done") return;
    // Many at once: whoever watches the folder would read the whole project again after each.
    for (let at = 0; at < line.changes.length; at += filesAtOnce) {
      const written = await Promise.allSettled(
        line.changes.slice(at, at + filesAtOnce).map((change) => this.#bring(change)),
      );
      for (const outcome of written) if (outcome.status === "rejected") throw outcome.reason;
    }
    await this.#journal.append({ type: "done", id: line.id });
    this.#unfinished = null;
    this.#changed(line.changes.map(({ file }) => file));
  }

  async #bring({ file, from, to, splice }: JournalChange): Promise<void> {
    const now = await readProjectFile(this.#root, file);
    if (now.hash !== from) return;
    await writeProjectFile(this.#root, file, to === null ? null : applySplice(now.text ?? "", splice));
  }

  #replay(line: JournalLine): void {
    if (line.type === "done") {
      this.#unfinished = null;
      return;
    }
    this.#unfinished = line;
    this.#lastId = Math.max(this.#lastId, line.id);
    if (line.type === "edit") {
      this.#done.push(line);
      this.#undone.length = 0;
      return;
    }
    const [from, to] = line.type === "undo" ? [this.#done, this.#undone] : [this.#undone, this.#done];
    const edit = from.pop();
    // The versions that this step made are those that the next one starts from.
    if (edit !== undefined)
      to.push({ ...edit, changes: line.type === "undo" ? line.changes.toReversed().map(reversed) : line.changes });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      await this.#finish();
      return work();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(async () => undefined);
    await this.#journal[Symbol.asyncDispose]();
  }
}

/** The last edit and those before it of its group, in the order in which they are stepped through. */
const lastGroup = (edits: readonly JournalEdit[]): readonly JournalEdit[] => {
  const last = edits.at(-1);
  if (last === undefined) return [];
  if (last.group === null) return [last];
  const first = edits.findLastIndex(({ group }) => group !== last.group) + 1;
  return edits.slice(first).toReversed();
};

const changesOf = (type: "undo" | "redo", { changes }: JournalEdit): readonly JournalChange[] =>
  type === "undo" ? changes.toReversed().map(reversed) : changes;

const reversed = ({ file, from, to, splice }: JournalChange): JournalChange => ({
  file,
  from: to,
  to: from,
  splice: inverse(splice),
});
