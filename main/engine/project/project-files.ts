// The texts of a project's files, each read once, with what is needed to see later whether one changed.

import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import { hashText } from "../files/hash.ts";
import { readProjectText } from "./read-text.ts";

/** A file's stamp and content hash when it was read; both `null` where there was none. */
export interface FileRecord {
  /** Empty when the file was so young that a second write could have left it equal: then only the hash decides. */
  readonly stamp: string | null;
  readonly sha256: string | null;
}

/** A file written this recently could be written again without its times changing, in milliseconds. */
const youngMs = 50;

/** `size:mtime:ctime:inode`; empty for a file too young to trust it, `null` when there is no file. */
const stampNow = (path: string): string | null => {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats?.isFile()) return null;
  if (Number(stats.ctimeMs) > Date.now() - youngMs) return "";
  return `${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}:${stats.ino}`;
};

/** Reads project files, once each, and remembers what they were. Paths are relative to the root. */
export class ProjectFiles {
  readonly root: string;
  readonly #realRoot: string;
  readonly #texts = new Map<string, string | HeadraceError>();
  readonly #records = new Map<string, FileRecord>();

  constructor(root: string) {
    this.root = root;
    this.#realRoot = realpathSync.native(root);
  }

  /** Throws what `readProjectText` throws. */
  text(path: string): string {
    let text = this.#texts.get(path);
    if (text === undefined) {
      text = this.#read(path);
      this.#texts.set(path, text);
    }
    if (typeof text !== "string") throw text;
    return text;
  }

  /** What a file was when it was read; reads it if nobody has. */
  record(path: string): FileRecord {
    const known = this.#records.get(path);
    if (known !== undefined) return known;
    this.#texts.set(path, this.#read(path));
    return this.#records.get(path) ?? { stamp: null, sha256: null };
  }

  /** Whether a file is what a record says; reads it only when its stamp differs. */
  isUnchanged(path: string, record: FileRecord): boolean {
    const stamp = stampNow(join(this.root, path));
    if (stamp === record.stamp && stamp !== "") return true;
    return stamp !== null && record.sha256 !== null && this.record(path).sha256 === record.sha256;
  }

  #read(path: string): string | HeadraceError {
    const stamp = stampNow(join(this.root, path));
    try {
      const text = readProjectText(this.root, path, this.#realRoot);
      this.#records.set(path, { stamp, sha256: hashText(text) });
      return text;
    } catch (error) {
      if (!(error instanceof HeadraceError)) throw error;
      this.#records.set(path, { stamp, sha256: null });
      return error;
    }
  }
}

/** The Python modules and folders of a folder, as text that is equal while none comes or goes. */
export const modulesState = (root: string, folder: string): string => {
  try {
    const entries = readdirSync(join(root, folder), { withFileTypes: true, encoding: "utf8" });
    const names = entries.flatMap((entry) => {
      if (entry.name.startsWith(".") || entry.name === "target" || entry.name === "__pycache__") return [];
      if (entry.isDirectory() || entry.isSymbolicLink()) return `${entry.name}/`;
      return entry.name.endsWith(".py") ? entry.name : [];
    });
    return names.toSorted().join("\n");
  } catch {
    return "";
  }
};
