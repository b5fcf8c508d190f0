import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { measure } from "../measure.ts";

const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "headrace", "bench");

/** The interpreter of an environment that holds these packages, made the first time; they come from PyPI. */
export const peerPython = (name: string, packages: readonly string[]): string => {
  const root = join(folder, name);
  const python = join(root, "bin", "python");
  const ready = join(root, "ready");
  if (existsSync(ready)) return python;
  process.stdout.write(`Installing ${packages.join(", ")} …\n`);
  measure(["python3", "-m", "venv", "--clear", root]);
  measure([python, "-m", "pip", "install", "--quiet", ...packages]);
  measure(["touch", ready]);
  return python;
};
