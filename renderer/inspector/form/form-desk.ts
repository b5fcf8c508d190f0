import type { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { findingsOf } from "../../../shared/graph/kinds/config-findings.ts";
import { originalPath, unifySpellings, type Unified } from "../../../shared/graph/kinds/spellings.ts";
import type { KindName } from "../../../shared/graph/kinds/index.ts";
import { validKeysOf } from "../../../shared/graph/kinds/valid-keys.ts";
import { isRecord, type Path, withValueAt } from "./field-value.ts";
import { type Edit, isEqual, smallestEdits } from "./smallest-edits.ts";

type Raw = Readonly<Record<string, unknown>>;

/** What is wrong with the value at a path of the form. */
export interface FieldError {
  readonly path: Path;
  readonly message: string;
  readonly next: string;
}

export interface FormState {
  /** The node's settings as the form shows them, spellings unified; parts of it may not be saved. */
  readonly value: Raw;
  readonly errors: readonly FieldError[];
}

/** Writes keys of the node's file; the answer is whether they were written. */
export type Save = (edits: readonly Edit[], key: string) => Promise<boolean>;

/** After the last edit, in milliseconds. */
const settle = 500;

/**
 * A node's settings while somebody edits them. Each top-level key is saved by itself, as soon as what it says is valid:
 * an entry that is only half filled in waits, with the reason at its field.
 */
export class FormDesk {
  readonly state: StoreApi<FormState>;
  readonly #kind: KindName;
  readonly #schema: z.ZodType;
  readonly #save: Save;
  #saved: Raw;
  #renamed: Unified["renamed"] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #saving: Promise<void> = Promise.resolve();

  constructor(kind: KindName, schema: z.ZodType, document: Raw, save: Save) {
    this.#kind = kind;
    this.#schema = schema;
    this.#save = save;
    this.#saved = this.#unified(document);
    this.state = createStore<FormState>(() => ({ value: this.#saved, errors: this.#check(this.#saved) }));
  }

  /** What the file says now: keys that are being edited keep what was typed. */
  load(document: Raw): void {
    const before = this.#saved;
    this.#saved = this.#unified(document);
    const shown: Record<string, unknown> = { ...this.#saved };
    const { value } = this.state.getState();
    for (const key of new Set([...Object.keys(value), ...Object.keys(before)])) {
      if (isEqual(value[key], before[key])) continue;
      if (key in value) shown[key] = value[key];
      else delete shown[key];
    }
    this.state.setState({ value: shown, errors: this.#check(shown) });
  }

  /** Sets the value at a path, or takes it out; saved soon, or with `now` at once. */
  edit(path: Path, next: unknown, now = false): void {
    const changed = withValueAt(this.state.getState().value, path, next);
    if (!isRecord(changed)) return;
    this.state.setState({ value: changed, errors: this.#check(changed) });
    // A name is renamed everywhere: once, when whoever types it is done.
    if (path[0] === "name") return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), now ? 0 : settle);
  }

  /** Saves every key that is valid and not saved. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#saving = this.#saving.then(() => this.#saveKeys());
    return this.#saving;
  }

  async #saveKeys(): Promise<void> {
    const { value, errors } = this.state.getState();
    const wrong = new Set(errors.map(({ path }) => path[0]));
    const known = new Set(this.#check(this.#saved).map(({ path }) => path[0]));
    for (const key of new Set([...Object.keys(value), ...Object.keys(this.#saved)])) {
      if (isEqual(value[key], this.#saved[key])) continue;
      // What was wrong in the file already may be changed: it cannot get worse.
      if (wrong.has(key) && !known.has(key)) continue;
      const edits = this.#editsOf(key, value[key]);
      if (await this.#save(edits, key)) this.#saved = { ...this.#saved, [key]: value[key] };
    }
  }

  /** In the file's own spelling: `materialization: {…}` grows into a list when a second one comes. */
  #editsOf(key: string, value: unknown): readonly Edit[] {
    const edits = smallestEdits(this.#saved[key], value, [key]).map(({ path, value: next }) => ({
      path: originalPath(this.#renamed, path),
      value: next,
    }));
    const single = this.#renamed.find(({ to }) => to.length === 2 && to[0] === key);
    const grows = Array.isArray(value) && value.length !== 1;
    if (single === undefined || !grows) return edits;
    const gone = { path: single.from, value: undefined };
    return value.length === 0 ? [gone] : [gone, { path: [key], value }];
  }

  #unified(document: Raw): Raw {
    const { value, renamed } = unifySpellings(this.#kind, document);
    this.#renamed = renamed;
    return value;
  }

  #check(value: Raw): readonly FieldError[] {
    const parsed = this.#schema.safeParse(value);
    if (parsed.success) return [];
    const findings = findingsOf(parsed.error.issues, value, validKeysOf(this.#schema));
    return findings.map(({ code, path, params, next }) => {
      const error = new HeadraceError(code, { params, next });
      return { path, message: error.message, next: error.next };
    });
  }
}
