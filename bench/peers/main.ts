// `npm run bench:peers`: the same work by other tools, on the same files, in one run. They come from PyPI the first time.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { measure } from "../measure.ts";
import { type Figure, printFigures } from "../report.ts";
import { feastJoin } from "./feast.ts";
import { ruleTools } from "./rules.ts";

const root = join(import.meta.dirname, "..", "..");
const rounds = 3;

type Part = (headrace: readonly string[], folder: string, rounds: number) => Promise<readonly Figure[]>;
const parts: Readonly<Record<string, { readonly title: string; readonly run: Part }>> = {
  feast: { title: "Features: how many times our CPU the other tool takes", run: feastJoin },
  rules: { title: "Rules: how many times our CPU the other tool takes", run: ruleTools },
};

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "headrace-peers-"));
try {
  measure([process.execPath, join(root, "scripts", "build.ts")], { cwd: root });
  const headrace = [process.execPath, join(root, "out", "cli", "headrace.mjs")];
  for (const [name, { title, run }] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    mkdirSync(join(folder, name));
    printFigures(title, await run(headrace, join(folder, name), rounds));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
