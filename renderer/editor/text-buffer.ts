import { createStore, type StoreApi } from "zustand/vanilla";

import { type HeadraceError, toHeadraceError } from "../../shared/errors/index.ts";

/** Where a text is kept; `version` is what a save has to match. */
export interface TextPlace {
  load(): Promise<Held | null>;
  /** Returns the new version. Throws `edit_conflict` when it is another text by now. */
  save(text: string, version: string): Promise<string>;
}

export interface Held {
  readonly text: string;
  readonly version: string;
}

export interface BufferState {
  /** What the editor shows. */
  readonly text: string;
  readonly status: "loading" | "saved" | "waiting" | "saving" | "conflict" | "failed";
  /** What the file says meanwhile, while both stand against each other. */
  readonly theirs: Held | null;
  readonly error: HeadraceError | null;
}

/** After the last edit. */
const settle = 500;
/** After the first edit that is not saved, however fast the typing goes on: what a kill may cost. */
const longest = 900;

/** One text as an editor has it: saved by itself soon after it was typed, never over what somebody else wrote. */
export class TextBuffer {
  readonly state: StoreApi<BufferState> = createStore<BufferState>(() => ({
    text: "",
    status: "loading",
    theirs: null,
    error: null,
  }));
  readonly #place: TextPlace;
  #saved: Held = { text: "", version: "" };
  /** When it was edited last, in milliseconds since 1970; `null` while it is as it was found. */
  editedAt: number | null = null;
  #firstEdit: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #saving: Promise<void> | null = null;

  /** Which text it is, among all of the window. */
  readonly key: string;

  constructor(place: TextPlace, key = "") {
    this.#place = place;
    this.key = key;
  }

  get isDirty(): boolean {
    return this.state.getState().text !== this.#saved.text;
  }

  /** Of the text that the present one was made from. */
  get version(): string {
    return this.#saved.version;
  }

  /** Reads the place again: an edit made elsewhere shows here unless there are edits of one's own. */
  async look(): Promise<void> {
    const isNew = this.state.getState().status === "loading";
    if (!isNew && (this.isDirty || this.#saving !== null)) return;
    try {
      const held = await this.#place.load();
      // Typed meanwhile: the save that follows finds out whether both fit together.
      if (held === null || (!isNew && (this.isDirty || this.#saving !== null))) return;
      if (!isNew && held.version === this.#saved.version) return;
      this.#saved = held;
      this.editedAt = null;
      this.state.setState({ text: held.text, status: "saved", theirs: null, error: null });
    } catch (thrown) {
      if (isNew) this.state.setState({ status: "failed", error: toHeadraceError(thrown) });
    }
  }

  edit(text: string): void {
    if (this.state.getState().text === text) return;
    this.editedAt = Date.now();
    const isInConflict = this.state.getState().status === "conflict";
    this.state.setState({ text, ...(isInConflict ? {} : { status: "waiting", error: null }) });
    if (isInConflict) return;
    this.#firstEdit ??= Date.now();
    if (this.#timer !== null) clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(settle, this.#firstEdit + longest - Date.now()));
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  /** Saves what is not saved; resolves when it is, or when the reason why not is in the state. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#firstEdit = null;
    if (this.#saving !== null) {
      await this.#saving;
      return this.flush();
    }
    const { status, text } = this.state.getState();
    if (status === "conflict" || status === "loading") return;
    if (!this.isDirty) return this.state.setState({ status: "saved" });
    this.#saving = this.#save(text);
    await this.#saving;
  }

  /** Ends a conflict: with one's own text, which is then saved over what the file says, or with the file's. */
  async resolve(choice: "mine" | "theirs"): Promise<void> {
    const { theirs } = this.state.getState();
    if (theirs === null) return;
    this.#saved = theirs;
    if (choice === "theirs") this.state.setState({ text: theirs.text, status: "saved", theirs: null });
    else {
      this.state.setState({ status: "waiting", theirs: null });
      await this.flush();
    }
  }

  /**
   * Takes over a text that was typed earlier: it is saved where the place still holds what it was made from, else, or
   * when it has to be compared, both stand against each other. `false`: there is no such place any more.
   */
  async bringBack(text: string, version: string, mustCompare: boolean): Promise<boolean> {
    await this.flush();
    await this.look();
    const { status } = this.state.getState();
    if (status === "loading" || status === "failed" || this.isDirty) return false;
    if (text === this.#saved.text) return true;
    if (!mustCompare && version === this.#saved.version) {
      this.edit(text);
      await this.flush();
      return true;
    }
    const theirs = this.#saved;
    // Until somebody chooses, it is made from what it was made from: it is asked about again after a reload.
    this.#saved = { text: theirs.text, version };
    this.editedAt = Date.now();
    this.state.setState({ text, status: "conflict", theirs, error: null });
    return true;
  }

  async #save(text: string): Promise<void> {
    this.state.setState({ status: "saving" });
    try {
      const version = await this.#place.save(text, this.#saved.version);
      this.#saved = { text, version };
      this.#saving = null;
      this.state.setState({ status: this.isDirty ? "waiting" : "saved", error: null });
    } catch (thrown) {
      this.#saving = null;
      await this.#failed(toHeadraceError(thrown));
    }
  }

  async #now(): Promise<Held | null> {
    try {
      return await this.#place.load();
    } catch {
      return null;
    }
  }

  async #failed(error: HeadraceError): Promise<void> {
    const theirs = error.code === "edit_conflict" ? await this.#now() : null;
    if (theirs === null) return this.state.setState({ status: "failed", error });
    // The same words from two sides are no conflict.
    if (theirs.text === this.state.getState().text) {
      this.#saved = theirs;
      return this.state.setState({ status: "saved", theirs: null, error: null });
    }
    this.state.setState({ status: "conflict", theirs, error });
  }
}
