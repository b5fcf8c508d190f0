import { randomUUID } from "node:crypto";
import { open, rm, stat } from "node:fs/promises";

import { ProjectError } from "../../../shared/errors/index.ts";

/** Bytes of one part of a download. */
const partBytes = 4 * 1024 * 1024;
const mostFiles = 20;

/** Exported files on their way to a window, part by part; each goes when its last part was read. */
export class ExportDesk implements AsyncDisposable {
  readonly #files = new Map<string, string>();

  /** Takes a file over. */
  async add(file: string): Promise<{ readonly id: string; readonly bytes: number }> {
    const id = randomUUID();
    this.#files.set(id, file);
    // What a window never came back for.
    const [oldest] = this.#files.keys();
    if (this.#files.size > mostFiles && oldest !== undefined) await this.remove(oldest);
    return { id, bytes: (await stat(file)).size };
  }

  /** A part from `offset` on, empty at the end. Throws `export_gone`. */
  async read(id: string, offset: number): Promise<Uint8Array> {
    const file = this.#files.get(id);
    if (file === undefined) throw new ProjectError("export_gone");
    try {
      await using handle = await open(file, "r");
      const buffer = new Uint8Array(partBytes);
      const { bytesRead } = await handle.read(buffer, 0, partBytes, offset);
      return buffer.subarray(0, bytesRead);
    } catch (cause) {
      throw new ProjectError("export_gone", {}, { cause });
    }
  }

  async remove(id: string): Promise<void> {
    const file = this.#files.get(id);
    this.#files.delete(id);
    if (file !== undefined) await rm(file, { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#files.keys()].map((id) => this.remove(id)));
  }
}
