import { accessSync, constants, cpSync, existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { packageRoot } from "../../engine/index.ts";

const example = "nyc-flights";

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
 * The demo's project: a copy in the folder that was named, else the checkout's own example, or where Headrace is
 * installed as a package or may not be written to, a copy in the present folder. A copy is made once and then used as
 * it is. Throws `demo_unavailable`.
 */
export function demoProject(workingFolder: string, folder: string | null): DemoProject {
  const home = packageRoot();
  const original = join(home, "examples", example);
  if (!existsSync(join(original, "headrace.yml"))) {
    throw new ProjectError("demo_unavailable", { params: { path: original } });
  }
  const installed = home.split(sep).includes("node_modules");
  const command = installed ? "headrace" : "npm run -s headrace --";
  if (folder === null && !installed && mayWrite(original)) return { root: original, command };
  const root = resolve(workingFolder, folder ?? "headrace-demo");
  const generated = ["target", "exports"].map((name) => join(original, name));
  if (!existsSync(join(root, "headrace.yml"))) {
    cpSync(original, root, { recursive: true, filter: (path) => !generated.includes(path) });
  }
  return { root, command };
}
