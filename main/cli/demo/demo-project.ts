import { accessSync, constants, cpSync, existsSync } from "node:fs";
import { join, sep } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { packageRoot } from "../../engine/index.ts";

const name = "nyc-flights";

const mayWrite = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

export interface DemoProject {
  readonly root: string;
  /** How a person starts Headrace here. */
  readonly command: string;
}

/**
 * The demo's project: the checkout's own example, or where Headrace is installed as a package or may not be written to,
 * a copy in the present folder, made once. Throws `demo_unavailable`.
 */
export function demoProject(workingFolder: string): DemoProject {
  const home = packageRoot();
  const original = join(home, "examples", name);
  if (!existsSync(join(original, "headrace.yml"))) {
    throw new ProjectError("demo_unavailable", { params: { path: original } });
  }
  const installed = home.split(sep).includes("node_modules");
  const command = installed ? "headrace" : "npm run -s headrace --";
  if (!installed && mayWrite(original)) return { root: original, command };
  const root = join(workingFolder, "headrace-demo");
  const generated = join(original, "target");
  if (!existsSync(join(root, "headrace.yml"))) {
    cpSync(original, root, { recursive: true, filter: (path) => !path.startsWith(generated) });
  }
  return { root, command };
}
