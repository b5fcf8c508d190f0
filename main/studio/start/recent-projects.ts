import { existsSync } from "node:fs";
import { basename, join } from "node:path";

import { z } from "zod";

import type { StartView } from "../../../shared/api/index.ts";
import { readSettings, writeSetting } from "../settings/settings-file.ts";

const most = 20;
const recentSchema = z.array(z.object({ root: z.string(), name: z.string(), time: z.string() })).catch([]);

const pathFor = (dataDir: string): string => join(dataDir, "studio", "recent.json");

/** Projects opened before, newest first, as far as they are still there. */
export const recentProjects = async (dataDir: string): Promise<StartView["recent"]> => {
  const { projects } = await readSettings(pathFor(dataDir));
  return recentSchema.parse(projects ?? []).filter(({ root }) => existsSync(root));
};

/** Puts a project at the top of the list. */
export const rememberProject = async (dataDir: string, root: string, name: string | null): Promise<void> => {
  const others = (await recentProjects(dataDir)).filter((project) => project.root !== root);
  const entry = { root, name: name ?? basename(root), time: new Date().toISOString() };
  await writeSetting(pathFor(dataDir), "projects", [entry, ...others].slice(0, most));
};
