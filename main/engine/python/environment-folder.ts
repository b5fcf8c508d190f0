import { existsSync } from "node:fs";
import { join } from "node:path";

import { hashText } from "../files/index.ts";

/** The places of one environment below the data folder. */
export interface EnvironmentFolder {
  readonly root: string;
  readonly interpreter: string;
  /** Written last by a build of ours. */
  readonly complete: string;
  /** There while a build of ours is under way or was killed. */
  readonly building: string;
  /** Held by the one process that builds. */
  readonly lock: string;
}

export const environmentFolder = (dataDir: string, envHash: string): EnvironmentFolder => {
  const root = join(dataDir, "envs", envHash);
  return {
    root,
    interpreter: process.platform === "win32" ? join(root, "Scripts", "python.exe") : join(root, "bin", "python"),
    complete: join(root, "headrace-complete.json"),
    building: `${root}.building`,
    lock: `${root}.lock`,
  };
};

/** A name for the lock's content on this Python and platform. */
export const environmentHash = (lockHash: string, python: { readonly version: string; readonly platform: string }) => {
  const [major, minor] = python.version.split(".");
  return hashText([lockHash, `${major}.${minor}`, python.platform].join("\n"));
};

/** Whether it was built to its end by us. */
export const isComplete = (folder: EnvironmentFolder): boolean => existsSync(folder.complete);

/** Whether it can be used, whoever made it. */
export const isUsable = (folder: EnvironmentFolder): boolean =>
  isComplete(folder) || (existsSync(folder.interpreter) && !existsSync(folder.building));
