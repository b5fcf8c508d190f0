import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";

import { extraName } from "./extra-tables.ts";
import type { RunState } from "./run-state.ts";

export interface Cleaned {
  readonly files: number;
  readonly bytes: number;
}

const filesBelow = (folder: string): readonly string[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
};

/** Outputs no node's state refers to, and what killed runs left behind. Journals are history and stay. */
const unreferenced = (targetPath: string, state: RunState): readonly string[] => {
  const kept = new Set<string>();
  for (const [id, record] of Object.entries(state.nodes)) {
    if (record.output === null) continue;
    kept.add(record.output.file);
    const link = `intermediate/${id.replace(".", "_")}`;
    kept.add(`${link}.parquet`);
    for (const { name, output } of record.extra ?? []) {
      kept.add(output.file);
      kept.add(`${extraName(link, name)}.parquet`);
    }
  }
  const candidates = ["cache", "intermediate"].flatMap((folder) => filesBelow(join(targetPath, folder)));
  return [
    ...candidates.filter(
      (path) => !kept.has(relative(targetPath, path).replaceAll("\\", "/")) && !path.endsWith("index.jsonl"),
    ),
    ...filesBelow(join(targetPath, "scratch")),
  ];
};

/**
 * Removes generated files: those nothing refers to, or (`all`) everything below `target/` but the lock that the
 * caller holds. Hard links count once.
 */
export const cleanTarget = (
  targetPath: string,
  state: RunState,
  options: { readonly all: boolean; readonly dryRun: boolean },
): Cleaned => {
  const lock = join(targetPath, "run.lock");
  const paths = options.all
    ? filesBelow(targetPath).filter((path) => !path.startsWith(lock))
    : unreferenced(targetPath, state);
  const inodes = new Map<string, number>();
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    inodes.set(`${stats.dev}:${stats.ino}`, stats.size);
    if (!options.dryRun) rmSync(path, { force: true });
  }
  return { files: paths.length, bytes: [...inodes.values()].reduce((sum, size) => sum + size, 0) };
};
