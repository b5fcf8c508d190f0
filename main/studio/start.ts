import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";

import type { StudioHandlers } from "../../shared/api/index.ts";
import { projectRoom } from "../engine/index.ts";
import { listFolders } from "./start/list-folders.ts";
import { recentProjects } from "./start/recent-projects.ts";
import { hasSample, sampleProject } from "./start/sample.ts";
import type { StudioWindow } from "./studio.ts";

/** A window without a project: new, open, recent, the sample. */
export const startHandlers = {
  "start.get": async (_input, window) => ({
    recent: await recentProjects(window.dataDir),
    hasSample: hasSample(),
    home: homedir(),
  }),
  "project.create": async ({ folder, isEmpty }, window) => {
    const root = resolve(folder);
    const { initProject } = await projectRoom();
    await mkdir(root, { recursive: true });
    initProject(root, { isEmpty });
    return window.open(root).view();
  },
  "project.sample": async (_input, window) => window.open(await sampleProject(homedir())).view(),
  "folders.list": ({ folder }) => listFolders(folder),
} satisfies Partial<StudioHandlers<StudioWindow>>;
