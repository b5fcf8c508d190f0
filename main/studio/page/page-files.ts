import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** A file of the window as a host serves it. */
export interface PageFile {
  readonly body: Buffer;
  readonly type: string;
  readonly cacheControl: string;
}

export type PageFiles = (path: string) => Promise<PageFile | null>;

/**
 * The built window's files by URL path. Only what a listing of the folder holds can be asked for, by its exact path:
 * there is nothing to normalise and nowhere to climb to. Throws `studio_not_built`.
 */
export const openPageFiles = (folder: string): PageFiles => {
  let files = byPath(folder);
  if (!files.has("/")) throw new ProjectError("studio_not_built", { params: { path: join(folder, "index.html") } });
  return async (path) => {
    // The window may have been built anew since: its assets then have other names.
    if (!files.has(path)) files = byPath(folder);
    const file = files.get(path);
    const type = types[extname(file ?? "")];
    if (file === undefined || type === undefined) return null;
    // Names of assets hold a hash of their content; the page itself is always asked for again.
    const cacheControl = path.startsWith("/assets/") ? "private, max-age=31536000, immutable" : "no-store";
    return { body: await readFile(file), type, cacheControl };
  };
};

const byPath = (folder: string): ReadonlyMap<string, string> => {
  const files = new Map(listFiles(folder).map((file) => [`/${relative(folder, file).split(sep).join("/")}`, file]));
  const page = files.get("/index.html");
  return page === undefined ? files : files.set("/", page);
};

/** Folder by folder: Electron's file system inside a package does not know the recursive way. */
const listFiles = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(path);
      return entry.isFile() ? [path] : [];
    });
  } catch {
    return [];
  }
};
