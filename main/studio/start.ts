import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

import type { StudioHandlers } from "../../shared/api/index.ts";
import { projectRoom, trustRoom } from "../engine/index.ts";
import { listFolders } from "./start/list-folders.ts";
import { recentProjects } from "./start/recent-projects.ts";
import { hasSample, sampleProject } from "./start/sample.ts";
import type { StudioWindow } from "./studio.ts";

/** What was made here is trusted; a list that cannot be written means that the window asks, no more. */
const trustOwn = async ({ dataDir }: StudioWindow, root: string): Promise<void> =>
  (await trustRoom()).trustFolder(dataDir, root).catch(() => undefined);

/** A window without a project: new, open, recent, the sample. */
export const startHandlers = {
  "start.get": async (_input, window) => ({
    recent: await recentProjects(window.dataDir),
    hasSample: hasSample(),
    home: homedir(),
  }),
  "project.create": async ({ folder, isEmpty }, window) => {
    const root = resolve(folder);
    const { initProject, pipelineFolders } = await projectRoom();
    await mkdir(root, { recursive: true });
    // A folder that had nodes of its own already was not made here.
    const isOwn = pipelineFolders.every((name) => !existsSync(join(root, name)));
    initProject(root, { isEmpty });
    if (isOwn) await trustOwn(window, root);
    return window.open(root).view();
  },
  "project.sample": async (_input, window) => {
    const { root, isNew } = await sampleProject(homedir());
    if (isNew) await trustOwn(window, root);
    return window.open(root).view();
  },
  "folders.list": ({ folder }) => listFolders(folder),
} satisfies Partial<StudioHandlers<StudioWindow>>;
