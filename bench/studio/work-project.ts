import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { measure } from "../measure.ts";
import { makeProject } from "./make-project.ts";

const entry = join(import.meta.dirname, "..", "..", "main", "cli", "main.ts");

/** The node that people edit in a work project; nothing reads it. */
export const leafId = "transform.leaf";
/** A node whose query does not end by itself. */
export const endlessId = "transform.endless";

const endless = "select count(*) as n from range(100000000) a, range(10000000) b where a.range % 7 = b.range % 11";

const write = (root: string, name: string, sql: string): void =>
  writeFileSync(join(root, "pipelines", `${name}.yml`), `kind: transform\nname: ${name}\ntransform: ${sql}\n`);

/** A project of so many nodes, all of them run: generated ones, and a leaf that reads the last of these. */
export const makeWorkProject = (folder: string, nodes: number): string => {
  const root = join(folder, `work-${nodes}`);
  mkdirSync(root, { recursive: true });
  makeProject(root, nodes - 1);
  write(root, "leaf", `select id, amount from transform.n${nodes - 2}`);
  measure([process.execPath, entry, "run", "--quiet"], { cwd: root });
  return root;
};

/** Adds the node that has to be cancelled. */
export const addEndless = (root: string): void => write(root, "endless", endless);
