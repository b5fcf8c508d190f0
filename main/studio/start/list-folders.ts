import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";

import type { FolderView } from "../../../shared/api/index.ts";
import { projectFileOf } from "../../engine/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";

const isProject = (folder: string): boolean => projectFileOf(folder) !== null;

/** Folders of a folder (the home folder for `null`), hidden ones left out. Throws `folder_unreadable`. */
export const listFolders = async (wanted: string | null): Promise<FolderView> => {
  const folder = wanted === null ? homedir() : resolve(wanted);
  try {
    if (wanted !== null && !isAbsolute(wanted)) throw new Error("the path is not absolute");
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
    const folders = names
      .toSorted((a, b) => a.localeCompare(b))
      .map((name) => ({ name, isProject: isProject(join(folder, name)) }));
    return {
      folder,
      parent: dirname(folder) === folder ? null : dirname(folder),
      isProject: isProject(folder),
      folders,
    };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ProjectError("folder_unreadable", { params: { folder, detail } }, { cause });
  }
};
