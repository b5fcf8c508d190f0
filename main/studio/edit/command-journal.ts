import { mkdirSync, readFileSync } from "node:fs";
import { type FileHandle, open, truncate } from "node:fs/promises";
import { dirname } from "node:path";

import { z } from "zod";

import { decodeLines, encodeLine } from "../../engine/index.ts";

const spliceSchema = z.object({
  start: z.number(),
  removed: z.string(),
  inserted: z.string(),
  before: z.string(),
  after: z.string(),
});

const changeSchema = z.object({
  file: z.string(),
  /** Versions before and after; `null` is no file. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  splice: spliceSchema,
});
export type JournalChange = z.infer<typeof changeSchema>;

const editSchema = z.object({
  type: z.literal("edit"),
  id: z.number(),
  /** ISO 8601. */
  time: z.string(),
  label: z.string(),
  /** Edits of one group in a row are undone together. */
  group: z.string().nullable(),
  changes: z.array(changeSchema),
});
export type JournalEdit = z.infer<typeof editSchema>;

/** `undo` and `redo` hold the versions that they made: a file may have changed since the edit. */
const lineSchema = z.discriminatedUnion("type", [
  editSchema,
  z.object({ type: z.enum(["undo", "redo"]), id: z.number(), changes: z.array(changeSchema) }),
  z.object({ type: z.literal("done"), id: z.number() }),
]);
export type JournalLine = z.infer<typeof lineSchema>;

/** The project's edits on disk, one checksummed line each; whatever follows a torn line is cut off when it is opened. */
export class CommandJournal implements AsyncDisposable {
  readonly #path: string;
  #handle: FileHandle | null = null;
  #size: number;
  readonly lines: readonly JournalLine[];

  constructor(path: string) {
    this.#path = path;
    const bytes = read(path);
    const { values, end } = decodeLines(bytes);
    const parsed = values.map((value) => lineSchema.safeParse(value));
    const bad = parsed.findIndex(({ success }) => !success);
    this.lines = parsed.slice(0, bad < 0 ? parsed.length : bad).flatMap(({ data }) => data ?? []);
    this.#size = end;
  }

  /** Resolves when the line would survive a loss of power. */
  async append(line: JournalLine): Promise<void> {
    const handle = this.#handle ?? (await this.#open());
    const bytes = Buffer.from(encodeLine(line));
    await handle.write(bytes, 0, bytes.byteLength, this.#size);
    this.#size += bytes.byteLength;
    await handle.datasync();
  }

  async #open(): Promise<FileHandle> {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const handle = await open(this.#path, this.#size === 0 ? "w+" : "r+", 0o600);
    await truncate(this.#path, this.#size);
    this.#handle = handle;
    return handle;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
  }
}

const read = (path: string): Uint8Array => {
  try {
    return readFileSync(path);
  } catch {
    return new Uint8Array();
  }
};
