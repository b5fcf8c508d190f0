import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";

/**
 * The project's own `target` folder. It is made in a folder that is there only: a project that was moved away is not
 * begun anew where it was. Throws `project_not_found`.
 */
export const makeTarget = (targetPath: string): void => {
  try {
    mkdirSync(targetPath);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT") throw error;
    throw new ProjectError("project_not_found", { params: { folder: dirname(targetPath) } }, { cause: error });
  }
};
