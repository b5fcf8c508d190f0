import { readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

export interface ListedFiles {
  /** Relative to the root with `/`, sorted by code units so that every machine sees one order. */
  readonly yaml: readonly string[];
  readonly python: readonly string[];
  readonly sql: readonly string[];
  /** YAML below a `common/` folder: shared fragments. */
  readonly common: readonly string[];
  /** Links that lead out of the project; they are not followed. */
  readonly escaping: readonly string[];
}

/** The folders that hold nodes: Headrace's name and Seeknal's. */
export const pipelineFolders = ["pipelines", "seeknal"] as const;

const skipped = new Set(["node_modules", "__pycache__", "target"]);
const maxDepth = 32;

/** Every file of the project's pipeline folders, by what it can hold. */
export const listFiles = (root: string): ListedFiles => {
  const found = { yaml: [] as string[], python: [] as string[], sql: [] as string[], common: [] as string[] };
  const escaping: string[] = [];
  const realRoot = realpathSync(root);
  const seen = new Set<string>();
  for (const folder of pipelineFolders) if (isFolder(join(root, folder))) walk(folder, 0);
  const { yaml, python, sql, common } = found;
  return {
    yaml: yaml.toSorted(),
    python: python.toSorted(),
    sql: sql.toSorted(),
    common: common.toSorted(),
    escaping: escaping.toSorted(),
  };

  function walk(folder: string, depth: number): void {
    const entries = readdirSync(join(root, folder), { withFileTypes: true, encoding: "utf8" });
    for (const entry of entries) {
      if (entry.name.startsWith(".") || skipped.has(entry.name)) continue;
      const path = `${folder}/${entry.name}`;
      const type = entry.isSymbolicLink()
        ? linkType(path)
        : entry.isDirectory()
          ? "folder"
          : entry.isFile()
            ? "file"
            : null;
      if (type === "folder" && depth < maxDepth) walk(path, depth + 1);
      else if (type === "file") sort(path);
    }
  }

  /** Follows a link only to what lies inside the project, and into a folder only once. */
  function linkType(path: string): "file" | "folder" | null {
    const target = real(join(root, path));
    if (target === null) return null;
    if (target !== realRoot && !target.startsWith(realRoot + sep)) {
      escaping.push(path);
      return null;
    }
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats?.isFile()) return "file";
    if (!stats?.isDirectory() || seen.has(target) || isAbove(target, join(realRoot, path))) return null;
    seen.add(target);
    return "folder";
  }

  function sort(path: string): void {
    const lower = path.toLowerCase();
    if (lower.endsWith(".yml") || lower.endsWith(".yaml")) (isCommon(path) ? found.common : found.yaml).push(path);
    else if (lower.endsWith(".py")) found.python.push(path);
    else if (lower.endsWith(".sql")) found.sql.push(path);
  }
};

const isCommon = (path: string): boolean => path.split("/").slice(1, -1).includes("common");

const isAbove = (folder: string, path: string): boolean => !relative(folder, path).startsWith("..");

const real = (path: string): string | null => {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
