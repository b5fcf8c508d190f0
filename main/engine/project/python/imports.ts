// What a Python file imports, and which of it are files of the project.

import { readdirSync, statSync } from "node:fs";
import { join, posix } from "node:path";

import { HeadraceError } from "../../../../shared/errors/index.ts";
import type { ProjectFiles } from "../project-files.ts";
import { children, parsePython, type PythonSyntax, type SyntaxNode, textOf } from "./syntax.ts";

export interface ImportStatement {
  /** Leading dots: 0 is absolute. */
  readonly level: number;
  /** `a.b` of `from a.b import c` and of `import a.b`; empty for `from . import c`. */
  readonly module: string;
  /** `name` and what it is called here; `null` for `import a.b`. `*` is a name. */
  readonly names: readonly { readonly name: string; readonly as: string }[] | null;
  /** `import a.b as c`. */
  readonly as: string | null;
}

/** Every import of a file, inside functions too. */
export const importsOf = (syntax: PythonSyntax): readonly ImportStatement[] => {
  const found: ImportStatement[] = [];
  syntax.tree.iterate({
    enter: ({ node }) => {
      if (node.name !== "ImportStatement") return true;
      found.push(...readImport(syntax, node));
      return false;
    },
  });
  return found;
};

const readImport = (syntax: PythonSyntax, node: SyntaxNode): readonly ImportStatement[] => {
  const tokens = children(node)
    .filter(({ name }) => name !== "Comment" && name !== "(" && name !== ")")
    .map((child) => textOf(syntax, child));
  if (tokens[0] === "import") {
    return splitAtCommas(tokens.slice(1)).map((part) => {
      const as = part.indexOf("as");
      const module = part.slice(0, as < 0 ? undefined : as).join("");
      return { level: 0, module, names: null, as: as < 0 ? null : (part[as + 1] ?? null) };
    });
  }
  const at = tokens.indexOf("import");
  const from = tokens.slice(1, at).join("");
  const level = /^\.*/.exec(from)?.[0].length ?? 0;
  const names = splitAtCommas(tokens.slice(at + 1)).map((part) => ({
    name: part[0] ?? "",
    as: part[2] ?? part[0] ?? "",
  }));
  return [{ level, module: from.slice(level), names, as: null }];
};

const splitAtCommas = (tokens: readonly string[]): readonly (readonly string[])[] => {
  const parts: string[][] = [[]];
  for (const token of tokens) {
    if (token === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
};

export interface LocalModules {
  /** The file itself and every project file it imports, directly or through others; sorted. */
  readonly sources: readonly string[];
  /** Folders in which a new file could change that. */
  readonly folders: readonly string[];
}

/** Follows the imports of a file through the project's own modules; nothing outside of it is looked at. */
export const localModules = (files: ProjectFiles, file: string, syntax: PythonSyntax): LocalModules => {
  const sources = new Set<string>([file]);
  const folders = new Set<string>(foldersUpwards(file));
  const searched = [...folders];
  const queue: { readonly file: string; readonly syntax: PythonSyntax }[] = [{ file, syntax }];
  const listing = new Listing(files.root);
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    for (const statement of importsOf(item.syntax)) {
      const bases = statement.level === 0 ? searched : [parentOf(item.file, statement.level)];
      for (const path of modulesOf(statement, bases, listing, folders)) {
        if (sources.has(path)) continue;
        sources.add(path);
        const inner = parseLocal(files, path);
        if (inner !== null) queue.push({ file: path, syntax: inner });
      }
    }
  }
  return { sources: [...sources].toSorted(), folders: [...folders].toSorted() };
};

const parseLocal = (files: ProjectFiles, path: string): PythonSyntax | null => {
  try {
    return parsePython(files.text(path));
  } catch (error) {
    if (!(error instanceof HeadraceError)) throw error;
    return null;
  }
};

/** The file's own folder and each above it up to the project's: where its modules are looked for, nearest first. */
const foldersUpwards = (file: string): readonly string[] => {
  const parts = file.split("/").slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join("/")), ""];
};

const parentOf = (file: string, level: number): string => {
  let folder = posix.dirname(file);
  for (let up = 1; up < level; up++) folder = posix.dirname(folder);
  return folder === "." ? "" : folder;
};

/** The files of one import: the module, its packages' `__init__.py`, and names that are modules themselves. */
const modulesOf = (
  statement: ImportStatement,
  bases: readonly string[],
  listing: Listing,
  folders: Set<string>,
): readonly string[] => {
  const parts = statement.module === "" ? [] : statement.module.split(".");
  for (const base of bases) {
    const found = follow(base, parts, listing, folders);
    if (found === null) continue;
    const names = (statement.names ?? []).flatMap(
      ({ name }) => follow(found.folder, [name], listing, folders)?.files ?? [],
    );
    return [...found.files, ...names];
  }
  return [];
};

const follow = (
  base: string,
  parts: readonly string[],
  listing: Listing,
  folders: Set<string>,
): { readonly files: readonly string[]; readonly folder: string } | null => {
  const files: string[] = [];
  let folder = base;
  for (const [index, part] of parts.entries()) {
    const path = folder === "" ? part : `${folder}/${part}`;
    const isLast = index === parts.length - 1;
    if (listing.isFolder(path)) {
      folders.add(path);
      if (listing.isFile(`${path}/__init__.py`)) files.push(`${path}/__init__.py`);
      else if (isLast && listing.isFile(`${path}.py`)) files.push(`${path}.py`);
      folder = path;
    } else if (isLast && listing.isFile(`${path}.py`)) files.push(`${path}.py`);
    else return null;
  }
  return { files, folder };
};

/** What is in the project's folders, each listed once. */
class Listing {
  readonly #root: string;
  readonly #names = new Map<string, ReadonlySet<string>>();

  constructor(root: string) {
    this.#root = root;
  }

  isFile(path: string): boolean {
    return this.#has(path) && statSync(join(this.#root, path), { throwIfNoEntry: false })?.isFile() === true;
  }

  isFolder(path: string): boolean {
    return this.#has(path) && statSync(join(this.#root, path), { throwIfNoEntry: false })?.isDirectory() === true;
  }

  #has(path: string): boolean {
    const folder = posix.dirname(path);
    let names = this.#names.get(folder);
    if (names === undefined) {
      names = new Set(readNames(join(this.#root, folder)));
      this.#names.set(folder, names);
    }
    return names.has(posix.basename(path));
  }
}

const readNames = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
