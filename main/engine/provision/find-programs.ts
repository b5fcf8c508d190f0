import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

import type { Environment } from "./data-directory.ts";

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** Every program of one of these names on the PATH, absolute, in the PATH's order name by name. */
export const findPrograms = (names: readonly string[], environment: Environment): readonly string[] => {
  const folders = (environment["PATH"] ?? environment["Path"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const endings = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  const found = names.flatMap((name) =>
    folders.flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`)).filter(isExecutable)),
  );
  return [...new Set(found)];
};
