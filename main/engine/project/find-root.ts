import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";

/** Project files in the order they are looked for: Headrace's own name first. */
export const projectFiles = ["headrace.yml", "headrace.yaml", "seeknal_project.yml", "seeknal_project.yaml"] as const;

/** The project file of a folder, relative to it, or `null`. */
export const projectFileOf = (folder: string): string | null =>
  projectFiles.find((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true) ?? null;

/** The nearest folder at or above `cwd` that holds a project file. Throws `project_not_found`. */
export const findProjectRoot = (cwd: string): string => {
  const start = resolve(cwd);
  for (let folder = start; ; folder = dirname(folder)) {
    if (projectFileOf(folder) !== null) return folder;
    if (dirname(folder) === folder) throw new ProjectError("project_not_found", { params: { folder: start } });
  }
};
