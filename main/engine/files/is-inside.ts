import { realpathSync } from "node:fs";
import { sep } from "node:path";

/** Whether a path really lies in a folder, links followed; a path that is not there leads nowhere else. */
export const isInside = (folder: string, path: string): boolean => {
  let real: string;
  try {
    real = realpathSync.native(path);
  } catch {
    // What is not there leads nowhere.
    return true;
  }
  const root = realpathSync.native(folder);
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
};
