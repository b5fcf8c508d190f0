import { cp } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { packageRoot } from "../../engine/index.ts";

const original = (): string => join(packageRoot(), "examples", "nyc-flights");

export const hasSample = (): boolean => existsSync(join(original(), "headrace.yml"));

/** The person's own copy of the sample, made the first time. Throws `demo_unavailable`. */
export const sampleProject = async (home: string): Promise<{ readonly root: string; readonly isNew: boolean }> => {
  const root = join(home, "headrace-sample");
  if (existsSync(join(root, "headrace.yml"))) return { root, isNew: false };
  const from = original();
  if (!hasSample()) throw new ProjectError("demo_unavailable", { params: { path: from } });
  const generated = join(from, "target");
  await cp(from, root, { recursive: true, filter: (path) => !path.startsWith(generated) });
  return { root, isNew: true };
};
