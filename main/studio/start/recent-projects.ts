import { existsSync } from "node:fs";
import { basename, join } from "node:path";

import { z } from "zod";

import type { StartView } from "../../../shared/api/index.ts";
import { readSettings, writeSetting } from "../settings/settings-file.ts";

const most = 20;
const recentSchema = z.array(z.object({ root: z.string(), name: z.string(), time: z.string() })).catch([]);

const pathFor = (dataDir: string): string => join(dataDir, "studio", "recent.json");

/** Changes under way, by file: each reads what the one before it wrote. */
const changes = new Map<string, Promise<void>>();

const readRecent = async (path: string): Promise<StartView["recent"]> => {
  const { projects } = await readSettings(path);
  return recentSchema.parse(projects ?? []).filter(({ root }) => existsSync(root));
};

/** Projects opened before, newest first, as far as they are still there. */
export const recentProjects = async (dataDir: string): Promise<StartView["recent"]> => {
  const path = pathFor(dataDir);
  await changes.get(path);
  return readRecent(path);
};

/** Puts a project at the top of the list. */
export const rememberProject = (dataDir: string, root: string, name: string | null): Promise<void> => {
  const path = pathFor(dataDir);
  const change = async (): Promise<void> => {
    const others = (await readRecent(path)).filter((project) => project.root !== root);
    const entry = { root, name: name ?? basename(root), time: new Date().toISOString() };
    await writeSetting(path, "projects", [entry, ...others].slice(0, most));
  };
  const changed = (changes.get(path) ?? Promise.resolve()).then(change);
  changes.set(
    path,
    changed.catch(() => undefined),
  );
  return changed;
};
