import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * The folder that a start asks for: the first argument that is a path of something there; a file (headrace.yml, a
 * .headrace file) stands for its folder. `null` when it names none. `args` are without the program and its own path.
 */
export const launchTarget = (args: readonly string[], workingFolder: string): string | null => {
  for (const argument of args) {
    if (argument.startsWith("-") || argument === "") continue;
    const path = resolve(workingFolder, argument);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined) return found.isDirectory() ? path : dirname(path);
  }
  return null;
};
