import { closeSync, fstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";

/** Largest file of a project that is read as text, in bytes. */
const maxTextBytes = 1024 * 1024;

/**
 * A project file's text, without a byte-order mark. Throws `file_unreadable`, `file_too_large`, `file_not_text`,
 * `file_outside_project`.
 */
export const readProjectText = (root: string, path: string, realRoot = realpathSync.native(root)): string => {
  const bytes = readBytes(root, path, realRoot);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ProjectError("file_not_text", { location: top(path), params: { file: path } }, { cause });
  }
  if (text.includes("\0")) throw new ProjectError("file_not_text", { location: top(path), params: { file: path } });
  return text;
};

const top = (file: string) => ({ file, line: 1, column: 1 });

const readBytes = (root: string, path: string, realRoot: string): Uint8Array => {
  const params = { file: path };
  let descriptor: number;
  try {
    const real = realpathSync.native(join(root, path));
    if (!real.startsWith(realRoot + sep)) throw new ProjectError("file_outside_project", { params });
    descriptor = openSync(real, "r");
  } catch (cause) {
    if (cause instanceof ProjectError) throw cause;
    const detail = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new ProjectError("file_unreadable", { location: top(path), params: { ...params, detail } }, { cause });
  }
  try {
    const { size } = fstatSync(descriptor);
    if (size > maxTextBytes) {
      throw new ProjectError("file_too_large", {
        location: top(path),
        params: { ...params, size, limit: maxTextBytes },
      });
    }
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};
