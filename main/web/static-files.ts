import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

import { ProjectError } from "../../shared/errors/index.ts";

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

export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
  readonly cacheControl: string;
}

export type StaticFiles = (path: string) => Promise<StaticFile | null>;

/**
 * The built window's files by URL path. Only what the folder held when it was opened can be asked for, by its exact
 * path: there is nothing to normalise and nowhere to climb to. Throws `studio_not_built`.
 */
export const openStaticFiles = (folder: string): StaticFiles => {
  const files = new Map(listFiles(folder).map((file) => [`/${relative(folder, file).split(sep).join("/")}`, file]));
  const page = files.get("/index.html");
  if (page === undefined) throw new ProjectError("studio_not_built", { params: { path: join(folder, "index.html") } });
  files.set("/", page);
  return async (path) => {
    const file = files.get(path);
    const type = types[extname(file ?? "")];
    if (file === undefined || type === undefined) return null;
    // Names of assets hold a hash of their content; the page itself is always asked for again.
    const cacheControl = path.startsWith("/assets/") ? "private, max-age=31536000, immutable" : "no-store";
    return { body: await readFile(file), type, cacheControl };
  };
};

const listFiles = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
};
