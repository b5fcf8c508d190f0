// `npm run build:renderer`: builds the studio's window into out/renderer; `--if-changed` only when its sources are newer.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { root, run, tool } from "./run-steps.ts";

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** When anything that the window is made of changed last. */
const sourcesChangedAt = (): number => {
  const folders = ["renderer", "shared"].map((name) => join(root, name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name)),
  );
  return Math.max(...[...files, join(root, "package-lock.json")].map(changedAt));
};

const isCurrent =
  process.argv.includes("--if-changed") && changedAt(join(root, "out/renderer/index.html")) > sourcesChangedAt();
// Whoever asks, a test too, gets the window that people get: React is slower and larger otherwise.
process.env["NODE_ENV"] = "production";
if (!isCurrent) process.exitCode = await run(tool("vite/bin/vite.js", "build", "renderer", "--logLevel", "warn"));
