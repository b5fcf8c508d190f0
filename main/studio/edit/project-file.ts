import { mkdir, readFile, realpath, rm } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { hashText, replaceFile } from "../../engine/index.ts";

const generated = new Set(["target", ".git", "node_modules"]);
const maxBytes = 8 * 1024 * 1024;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A file's text and what tells one version of it from another; both `null` when there is no such file. */
export interface FileText {
  readonly text: string | null;
  readonly hash: string | null;
}

/** The hash of a text, `null` for no file: what a conflict is told by. */
export const versionOf = (text: string | null): string | null => (text === null ? null : hashText(text));

/** The absolute path of a project file. Throws `file_outside_project` for anything else, links included. */
export const locateFile = async (root: string, file: string): Promise<string> => {
  const outside = (): ProjectError => new ProjectError("file_outside_project", { params: { file } });
  const parts = file.split(/[\\/]/);
  if (isAbsolute(file) || file.includes("\0") || parts.includes("..") || generated.has(parts[0] ?? "")) throw outside();
  const path = resolve(root, file);
  const [realRoot, realFolder] = await Promise.all([realpath(root), deepestExisting(path)]);
  if (realFolder !== realRoot && !realFolder.startsWith(realRoot + sep)) throw outside();
  return path;
};

const deepestExisting = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    return deepestExisting(dirname(path));
  }
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");

/** The file as it is now. Throws `file_outside_project`, `file_too_large`, `file_not_text`, `file_unreadable`. */
export const readProjectFile = async (root: string, file: string): Promise<FileText> => {
  const path = await locateFile(root, file);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) return { text: null, hash: null };
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ProjectError("file_unreadable", { params: { file, detail } }, { cause });
  }
  if (bytes.byteLength > maxBytes) {
    throw new ProjectError("file_too_large", { params: { file, size: bytes.byteLength, limit: maxBytes } });
  }
  try {
    const text = decoder.decode(bytes);
    return { text, hash: versionOf(text) };
  } catch (cause) {
    throw new ProjectError("file_not_text", { params: { file } }, { cause });
  }
};

/** Puts the text there in one step, or takes the file away for `null`. */
export const writeProjectFile = async (root: string, file: string, text: string | null): Promise<void> => {
  const path = await locateFile(root, file);
  try {
    if (text === null) await rm(path, { force: true });
    else {
      await mkdir(dirname(path), { recursive: true });
      await replaceFile(path, text);
    }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ProjectError(
      "file_not_written",
      { params: { file: relative(root, join(root, file)), detail } },
      { cause },
    );
  }
};
