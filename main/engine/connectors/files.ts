// Which files a source means, and how they are called in messages.

import { glob, readdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { nearest } from "../../../shared/graph/nearest.ts";
import type { InputsProbe, InputsState } from "../executors/executor.ts";
import type { ReadContext, SourcePlan } from "./connector.ts";

export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the project with `/` where it lies inside, else absolute. */
  readonly name: string;
  /** Last written, milliseconds since 1970. */
  readonly modified: number;
  readonly bytes: number;
  /** Only its beginning is there: the rest is still coming in. */
  readonly isPart?: boolean | undefined;
}

/** How a path is called in messages, plans and reasons. */
export const displayName = (root: string, path: string): string => {
  const inside = relative(root, path);
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
};

const isGlob = (path: string): boolean => /[*?[{]/.test(path);

const existing = async (path: string) => stat(path).catch(() => null);

const whatIsThere = async (path: string): Promise<string> => {
  let folder = dirname(path);
  while ((await existing(folder)) === null && dirname(folder) !== folder) folder = dirname(folder);
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith("."));
  const wanted = relative(folder, path).split(sep)[0] ?? "";
  const close = nearest(wanted.replaceAll(/[*?]+/g, ""), names);
  if (close !== null) return `Did you mean ${join(folder, close)}?`;
  if (names.length === 0) return `The folder ${folder} is empty.`;
  const more = names.length > 8 ? `, and ${names.length - 8} more` : "";
  return `${folder} holds ${names.toSorted().slice(0, 8).join(", ")}${more}.`;
};

const missing = async (node: string, root: string, path: string, written: string): Promise<never> => {
  const next = (await whatIsThere(path)).replaceAll(`${root}${sep}`, "");
  throw new ExecutorExecutionError("source_file_missing", { node, params: { path: written }, next });
};

/** A relative pattern is matched below the project, whose own path may hold brackets. */
const globbed = async (root: string, pattern: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const path of glob(pattern.split(sep).join("/"), { cwd: root })) found.push(resolve(root, path));
  return found.toSorted();
};

/**
 * The files of a path or glob, sorted by name. Throws `source_file_missing` with what is there instead,
 * `source_file_unreadable` for a folder.
 */
export const findFiles = async (node: string, root: string, written: string): Promise<readonly SourceFile[]> => {
  const path = resolve(root, written);
  const itself = await existing(path);
  const paths = itself === null && isGlob(written) ? await globbed(root, written) : [path];
  const files: SourceFile[] = [];
  for (const found of paths) {
    const stats = await existing(found);
    if (stats?.isFile()) {
      files.push({ path: found, name: displayName(root, found), modified: stats.mtimeMs, bytes: stats.size });
    }
  }
  if (files.length === 0 && itself?.isDirectory()) {
    const next = `Name its files with a glob, e.g. ${written.replace(/[/\\]$/, "")}/*.`;
    const params = { path: displayName(root, path), detail: "it is a folder" };
    throw new ExecutorExecutionError("source_file_unreadable", { node, params, next });
  }
  return files.length === 0 ? missing(node, root, path, written) : files;
};

/** The files that a source reads, or the one that its head is made of. */
export const sourceFiles = (plan: SourcePlan, { head, project }: ReadContext): Promise<readonly SourceFile[]> =>
  head?.arriving ? Promise.resolve([head.arriving]) : findFiles(plan.node, project.root, plan.path ?? "");

/** Hashes of every file: what makes a file source out of date. */
export const filesState = async (node: string, written: string, probe: InputsProbe): Promise<InputsState> => {
  const parts: Record<string, string> = {};
  for (const { path, name } of await findFiles(node, probe.project.root, written))
    parts[name] = await probe.fileHash(path);
  return { parts };
};

/** The newest of the files' times. */
export const newest = (files: readonly SourceFile[]): number => Math.max(...files.map((file) => file.modified));
