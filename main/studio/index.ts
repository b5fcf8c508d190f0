// The studio: the engine as windows see it. Every front door (browser tab, desktop) opens one and connects its ports.

import { env } from "node:process";

import { type Port, serve, type StartView } from "../../shared/api/index.ts";
import { provisionRoom } from "../engine/index.ts";
import { handlers } from "./handlers.ts";
import { recentProjects } from "./start/recent-projects.ts";
import type { ProjectSession } from "./project/project-session.ts";
import { guardCalls } from "./trust/guard-calls.ts";
import { OpenProjects, type StudioOptions, StudioWindow } from "./studio.ts";

export type { StudioOptions } from "./studio.ts";

const guarded = guardCalls(handlers);

export interface Studio extends AsyncDisposable {
  /** Reads the project at `root` before its window asks for it: that one is on its way, and the next to come. */
  prepare(root: string): void;
  /** Serves a window on the port, with the project at `root` open; the window ends with its port. */
  connect(port: Port, root: string | null): void;
  /** Projects opened before, newest first. */
  recent(): Promise<StartView["recent"]>;
}

/** Opens the studio of this process; closing it cancels its runs and ends every engine. */
export const openStudio = async (options: Partial<StudioOptions> = {}): Promise<Studio> => {
  const { dataDirectory } = await provisionRoom();
  const dataDir = options.dataDir ?? dataDirectory(options.environment ?? env);
  const projects = new OpenProjects({ ...options, dataDir });
  let prepared: ProjectSession | null = null;
  return {
    prepare(root) {
      const before = prepared;
      prepared = projects.acquire(root);
      if (before !== null) void projects.release(before);
      prepared.prepare();
    },
    connect(port, root) {
      const window = new StudioWindow(projects);
      if (root !== null) window.open(root);
      if (prepared !== null) void projects.release(prepared);
      prepared = null;
      serve(port, guarded, window);
      port.onClose(() => void window[Symbol.asyncDispose]());
    },
    recent: () => recentProjects(dataDir),
    [Symbol.asyncDispose]: () => projects[Symbol.asyncDispose](),
  };
};
