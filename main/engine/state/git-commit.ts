import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const gitFolder = (root: string): string | null => {
  for (let folder = root; ; folder = dirname(folder)) {
    const path = join(folder, ".git");
    if (existsSync(path)) {
      if (statSync(path).isDirectory()) return path;
      // A worktree or submodule: the file names the folder.
      const match = /^gitdir: (.+)$/m.exec(readFileSync(path, "utf8"));
      return match?.[1] === undefined ? null : resolve(folder, match[1].trim());
    }
    if (dirname(folder) === folder) return null;
  }
};

const readText = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8").trim() : null);

const packedRef = (folder: string, ref: string): string | null => {
  const line = readText(join(folder, "packed-refs"))
    ?.split("\n")
    .find((entry) => entry.endsWith(` ${ref}`));
  return line?.split(" ")[0] ?? null;
};

/** The commit a project's checkout is at, read from git's files without starting git; `null` outside a checkout. */
export const gitCommit = (root: string): string | null => {
  try {
    const folder = gitFolder(root);
    if (folder === null) return null;
    const head = readText(join(folder, "HEAD"));
    if (head === null || !head.startsWith("ref: ")) return head;
    const ref = head.slice("ref: ".length);
    const common = resolve(folder, readText(join(folder, "commondir")) ?? ".");
    return readText(join(folder, ref)) ?? readText(join(common, ref)) ?? packedRef(common, ref);
  } catch {
    return null;
  }
};
