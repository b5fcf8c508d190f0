import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const set = (value: string | undefined): value is string => value !== undefined && value !== "";

const unusable = (detail: string, cause?: unknown): HeadraceError =>
  new HeadraceError("data_folder_unusable", { params: { detail } }, cause === undefined ? undefined : { cause });

const platformFolder = (environment: Environment): string => {
  const { LOCALAPPDATA: local, HOME: home, XDG_DATA_HOME: xdg } = environment;
  if (process.platform === "win32") {
    if (!set(local)) throw unusable("the environment has no LOCALAPPDATA to put it in");
    return join(local, "Headrace");
  }
  // The specification of XDG_DATA_HOME says that a relative path is to be ignored.
  if (process.platform !== "darwin" && set(xdg) && xdg.startsWith("/")) return join(xdg, "headrace");
  if (!set(home)) throw unusable("the environment has no HOME to put it in");
  return process.platform === "darwin"
    ? join(home, "Library", "Application Support", "headrace")
    : join(home, ".local", "share", "headrace");
};

/** Step by step: Node's own recursive way never ends where a file system answers "no such file" (/proc does). */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
};

/**
 * Absolute folder of everything that belongs to the person rather than to a project: environments, servers, tools.
 * Made (for the person alone) when it is not there. Throws `data_folder_unusable`.
 */
export const dataDirectory = (environment: Environment): string => {
  const chosen = environment["HEADRACE_HOME"];
  const folder = set(chosen) ? resolve(chosen) : platformFolder(environment);
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw unusable(cause instanceof Error ? cause.message : String(cause), cause);
  }
  return folder;
};
