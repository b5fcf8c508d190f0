import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";

import { z } from "zod";

import { entry } from "./window.ts";

const statusSchema = z.object({ dataFolder: z.string() });

/** What `headrace db …` prints in a project. */
export const askServer = (root: string, home: string, ...args: readonly string[]): string =>
  spawnSync(process.execPath, [entry, "db", ...args], {
    cwd: root,
    env: { ...process.env, HOME: home, HEADRACE_HOME: home },
    encoding: "utf8",
  }).stdout;

/** Ends a project's own server, which outlives the studio, and removes its data where that lies outside the home. */
export const endServer = (root: string, home: string): void => {
  const { dataFolder } = statusSchema.parse(JSON.parse(askServer(root, home, "status", "--json")));
  askServer(root, home, "stop");
  if (!join(dataFolder).startsWith(home)) rmSync(dirname(dirname(dataFolder)), { recursive: true, force: true });
};
