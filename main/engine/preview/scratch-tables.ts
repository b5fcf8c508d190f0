import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { SharedWork } from "./shared-work.ts";

/** Generated files that previews need again: what queries gave, and the order of views. */
export interface ScratchFile<T> {
  readonly file: string;
  readonly facts: T;
}

interface Room {
  readonly files: number;
  readonly bytes: number;
}

const usualRoom: Room = { files: 24, bytes: 4 * 1024 ** 3 };
const prefix = "preview-";

/**
 * Keeps the files that were used last, each found by what made it, in a folder of this process. One that is gone is
 * made again.
 */
export class ScratchTables<T> {
  readonly #folder: string;
  readonly #room: Room;
  readonly #kept = new Map<string, ScratchFile<T>>();
  readonly #work = new SharedWork<ScratchFile<T>>();

  /** `parent` is a folder that SQL hosts may write to. */
  constructor(parent: string, room: Room = usualRoom) {
    this.#room = room;
    this.#folder = join(parent, `${prefix}${process.pid}-${randomBytes(3).toString("hex")}`);
  }

  /** The file of a key; `make` writes it and tells what is known of it. */
  async get(
    key: string,
    signal: AbortSignal,
    make: (file: string, signal: AbortSignal) => Promise<T>,
  ): Promise<ScratchFile<T>> {
    const known = this.known(key);
    if (known !== null) return known;
    return await this.#work.once(key, signal, async (workSignal) => {
      mkdirSync(this.#folder, { recursive: true });
      const file = this.newFile("parquet");
      const made = { file, facts: await orNothing(file, make(file, workSignal)) };
      this.#kept.set(key, made);
      this.#dropOldest();
      return made;
    });
  }

  /** The file of a key that was made before and is still there. */
  known(key: string): ScratchFile<T> | null {
    const known = this.#kept.get(key);
    if (known === undefined || !existsSync(known.file)) return null;
    // Last used, last to go.
    this.#kept.delete(key);
    this.#kept.set(key, known);
    return known;
  }

  /** A path for a file that the caller removes. */
  newFile(extension: string): string {
    mkdirSync(this.#folder, { recursive: true });
    return join(this.#folder, `${randomBytes(6).toString("hex")}.${extension}`);
  }

  close(): void {
    this.#kept.clear();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #dropOldest(): void {
    const sizes = [...this.#kept].map(([key, { file }]) => ({
      key,
      file,
      bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    }));
    let bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
    for (const [at, size] of sizes.entries()) {
      const isLast = at === sizes.length - 1;
      if (isLast || (sizes.length - at <= this.#room.files && bytes <= this.#room.bytes)) return;
      this.#kept.delete(size.key);
      rmSync(size.file, { force: true });
      bytes -= size.bytes;
    }
  }
}

/** What could not be made whole leaves nothing behind. */
const orNothing = async <T>(file: string, making: Promise<T>): Promise<T> => {
  try {
    return await making;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM";
  }
};

/** Removes what processes that were killed left in `parent`. */
export const sweepScratch = async (parent: string): Promise<void> => {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
  }
};
