import { randomBytes } from "node:crypto";
import { constants, copyFile, link, mkdir, open, realpath, rm, stat } from "node:fs/promises";
import { basename, extname, isAbsolute, join, relative, sep } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import type { SourceFile } from "../../engine/index.ts";

interface Upload {
  /** Where its bytes are, so far. */
  readonly part: string;
  readonly name: string;
  readonly size: number;
  received: number;
}

/** Files that are whole by now and can still be looked at by the name of their upload. */
const mostKept = 100;

/** A file that is whole. */
interface Placed {
  readonly path: string;
  readonly name: string;
  /** It came here by the upload; another was there before, and is somebody's own. */
  readonly isBroughtIn: boolean;
}

export interface UploadPart {
  readonly upload: string | null;
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** A name that is a plain file name on every system; its ending is kept. */
const safeName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const plain = last
    .replaceAll(/[^\p{L}\p{N}._ ()-]/gu, "_")
    .replace(/^[. ]+/, "")
    .replace(/[. ]+$/, "");
  const ending = extname(plain).slice(0, 20);
  const stem = plain.slice(0, plain.length - extname(plain).length).slice(0, 100);
  return `${stem === "" ? "file" : stem}${ending}`;
};

const newKey = (): string => randomBytes(9).toString("base64url");

const numbered = (name: string, number: number): string =>
  number === 1 ? name : `${name.slice(0, name.length - extname(name).length)}-${number}${extname(name)}`;

/**
 * Files that a window brings in, part by part: below `target/` until they are whole, then in `data/` under a name that
 * nothing else has. What is never finished goes with the window's project.
 */
export class UploadDesk implements AsyncDisposable {
  readonly #root: string;
  readonly #open = new Map<string, Upload>();
  readonly #placed = new Map<string, Placed>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Appends a part; the file's path (relative, `/`) once it is whole. Throws `upload_out_of_order`. */
  async receive(
    { upload: id, name, offset, size }: UploadPart,
    bytes: Uint8Array,
  ): Promise<{ upload: string; file: string | null }> {
    const [key, upload] = id === null ? await this.#begin(name, size) : [id, this.#open.get(id)];
    const isNext = upload !== undefined && upload.received === offset && offset + bytes.byteLength <= upload.size;
    if (upload === undefined || !isNext || (bytes.byteLength === 0 && upload.size > offset)) {
      throw new ProjectError("upload_out_of_order", { params: { name } });
    }
    const handle = await open(upload.part, "a");
    try {
      await handle.writeFile(bytes);
      upload.received += bytes.byteLength;
      if (upload.received === upload.size) await handle.sync();
    } finally {
      await handle.close();
    }
    return { upload: key, file: upload.received === upload.size ? await this.#finish(key, upload) : null };
  }

  /**
   * Takes over a file of this machine; its path in the project (relative, `/`), which is where it lies already when that
   * is in the project: then there is no upload. Throws `file_not_adopted`.
   */
  async adopt(path: string): Promise<{ readonly file: string; readonly upload: string | null }> {
    const [root, real] = await Promise.all([realpath(this.#root), realFile(path)]);
    const inside = relative(root, real);
    const [first] = inside.split(sep);
    const isHere = !isAbsolute(inside) && first !== ".." && first !== "target";
    if (isHere) return { file: inside.split(sep).join("/"), upload: null };
    const [key, upload] = await this.#begin(basename(path), 0);
    try {
      // Where the file system can, the copy shares its blocks with the original.
      await copyFile(real, upload.part, constants.COPYFILE_FICLONE);
    } catch (cause) {
      throw notAdopted(path, cause);
    }
    return { file: await this.#finish(key, upload), upload: key };
  }

  /** Removes what an upload brought in; what was on this machine before stays. */
  async abandon(id: string): Promise<void> {
    const coming = this.#open.get(id);
    const placed = this.#placed.get(id);
    this.#open.delete(id);
    this.#placed.delete(id);
    if (coming !== undefined) await rm(coming.part, { force: true });
    if (placed?.isBroughtIn === true) await rm(placed.path, { force: true });
  }

  /**
   * The file of an upload as far as it has come, or of one that was announced; `null` when it is neither on its way nor
   * here.
   */
  async look(id: string): Promise<SourceFile | null> {
    const coming = this.#open.get(id);
    const found = coming === undefined ? this.#placed.get(id) : { path: coming.part, name: coming.name };
    const stats = found === undefined ? null : await stat(found.path).catch(() => null);
    if (found === undefined || stats === null) return null;
    const bytes = coming === undefined ? stats.size : coming.received;
    const isPart = coming !== undefined && bytes < coming.size;
    return { path: found.path, name: found.name, modified: stats.mtimeMs, bytes, isPart };
  }

  /** Makes a file of this machine one that can be looked at, before it is taken over. Throws `file_not_adopted`. */
  async announce(path: string): Promise<string> {
    const key = newKey();
    this.#keep(key, { path: await realFile(path), name: basename(path), isBroughtIn: false });
    return key;
  }

  #keep(key: string, file: Placed): void {
    this.#placed.set(key, file);
    const [oldest] = this.#placed.keys();
    if (this.#placed.size > mostKept && oldest !== undefined) this.#placed.delete(oldest);
  }

  async #begin(name: string, size: number): Promise<readonly [string, Upload]> {
    const key = newKey();
    const folder = join(this.#root, "target", "uploads");
    await mkdir(folder, { recursive: true });
    const upload = { part: join(folder, `${key}.part`), name: safeName(name), size, received: 0 };
    this.#open.set(key, upload);
    return [key, upload];
  }

  async #finish(key: string, { part, name }: Upload): Promise<string> {
    await mkdir(join(this.#root, "data"), { recursive: true });
    try {
      for (let number = 1; ; number++) {
        const file = `data/${numbered(name, number)}`;
        if (!(await placed(part, join(this.#root, file)))) continue;
        this.#keep(key, { path: join(this.#root, file), name, isBroughtIn: true });
        return file;
      }
    } finally {
      this.#open.delete(key);
      await rm(part, { force: true });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ part }) => rm(part, { force: true })));
    this.#open.clear();
  }
}

const notAdopted = (path: string, cause: unknown): ProjectError => {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ProjectError("file_not_adopted", { params: { path, detail } }, { cause });
};

/** The file itself, whatever links lead to it. */
const realFile = async (path: string): Promise<string> => {
  try {
    if (!isAbsolute(path)) throw new Error("its path is not absolute");
    if (!(await stat(path)).isFile()) throw new Error("it is not a file");
    return await realpath(path);
  } catch (cause) {
    throw notAdopted(path, cause);
  }
};

const isTaken = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "EEXIST";

/** Gives the file a name that nothing has, in one step; `false` when it is taken. */
const placed = async (from: string, to: string): Promise<boolean> => {
  try {
    // Neither a link nor this copy replaces what is there, as a rename would.
    await link(from, to).catch((error: unknown) =>
      isTaken(error) ? Promise.reject(error) : copyFile(from, to, constants.COPYFILE_EXCL),
    );
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
};
