import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { measure } from "../measure.ts";
import { largeTableFiles } from "../preview.ts";

const entry = join(import.meta.dirname, "..", "..", "main", "cli", "main.ts");

/** The table that is looked at; its first column counts its rows from 0. */
export const bigId = "transform.big";
/** A table of 30 rows. */
export const smallId = "transform.small";

/** A project whose nodes were run: a table of so many rows and nine columns, and a small one. */
export const makeLargeProject = (folder: string, rows: number): string => {
  const root = join(folder, `large-${rows}`);
  mkdirSync(join(root, "pipelines"), { recursive: true });
  for (const [name, content] of Object.entries(largeTableFiles(rows))) writeFileSync(join(root, name), content);
  measure([process.execPath, entry, "run", "--quiet"], { cwd: root });
  return root;
};
