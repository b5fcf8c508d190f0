// Where an exposure may write: inside the project, and never over what makes the project.

import { lstat, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** A place to write, or why it is none, in words. */
export interface SafePlace {
  /** Absolute, every link in it followed. */
  readonly path: string;
  readonly problem: string | null;
}

/** The real place of a path whose last parts may not be there yet. */
const realPlace = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch {
    // A link that leads nowhere would be followed by whoever writes.
    const isLink = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (isLink) throw new Error("it is a link that leads nowhere");
    const parent = dirname(path);
    return parent === path ? path : join(await realPlace(parent), path.slice(parent.length).replace(/^[/\\]/, ""));
  }
};

const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way !== "" && !way.startsWith(`..${sep}`) && way !== ".." && !isAbsolute(way);
};

/** The place of a path of a project's file, which may not lead out of the project. */
export const placeInside = async (root: string, path: string): Promise<SafePlace> => {
  const absolute = resolve(root, path);
  const bad = (problem: string): SafePlace => ({ path: absolute, problem });
  if (path.includes("\0")) return bad("it holds a NUL character");
  if (isAbsolute(path)) return bad("it must be relative to the project");
  if (!isInside(root, absolute)) return bad("it leads out of the project");
  try {
    const [home, place] = await Promise.all([realpath(root), realPlace(absolute)]);
    return isInside(home, place) ? { path: place, problem: null } : bad("a link in it leads out of the project");
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
};

/** Files and folders that say what the project is, or belong to Headrace. */
const kept =
  /^(?:pipelines|seeknal|common|target|\.git|\.env|canvas\.yml|profiles\.yml|headrace\.yml|seeknal_project\.yml)(?:\/|$)/i;

/** The same for a file that is to be written. */
export const placeToWrite = async (root: string, path: string): Promise<SafePlace> => {
  const place = await placeInside(root, path);
  if (place.problem !== null) return place;
  const home = await realpath(root);
  const way = relative(home, place.path).split(sep).join("/");
  if (kept.test(way)) return { ...place, problem: "that part of the project is not for results" };
  if (/[/\\]$/.test(path)) return { ...place, problem: "it ends like a folder: give it a name" };
  return place;
};
