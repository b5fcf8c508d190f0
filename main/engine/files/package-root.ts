import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const isOurs = (folder: string): boolean => {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return false;
  const parsed: unknown = JSON.parse(readFileSync(manifest, "utf8"));
  return typeof parsed === "object" && parsed !== null && "name" in parsed && parsed.name === "headrace";
};

let found: string | null = null;

/** Inside an Electron package only Electron itself can read; what other programs need is unpacked beside it. */
export const unpacked = (path: string): string => path.replace(/app\.asar(?=[\\/]|$)/, "app.asar.unpacked");

/** Absolute folder of Headrace's own package: the checkout, its folder below node_modules, or the desktop's unpacked files. */
export const packageRoot = (): string => {
  if (found !== null) return found;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isOurs(folder)) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package.json of headrace was not found above its own code");
    folder = parent;
  }
  found = unpacked(folder);
  return found;
};
