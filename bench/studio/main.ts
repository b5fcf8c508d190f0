// `npm run bench:studio`: every target of the window in a real Chromium, on generated projects.
// Parts by name: `--first`, `--work`, `--safety`, `--size`, `--large`; numbers are canvases of so many nodes: `-- 1000`.
// `--quick` measures each of them once or a few times and leaves out what is slow by nature.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { measure } from "../measure.ts";
import { type Figure, printFigures } from "../report.ts";
import { canvasFigures } from "./canvas-figures.ts";
import { fact } from "./figures.ts";
import { cachedPreview, firstScripts, startToInteractive } from "./first-load.ts";
import { largeFigures } from "./large-figures.ts";
import { sizeFigures } from "./measure-size.ts";
import { safetyFigures } from "./safety-figures.ts";
import { makeProject } from "./make-project.ts";
import { startBrowser, startHost } from "./window.ts";
import { type Place, workFigures } from "./work-figures.ts";

const checkout = join(import.meta.dirname, "..", "..");
const wanted = process.argv.slice(2).filter((word) => word !== "--quick");
const isQuick = process.argv.includes("--quick");
const rounds = isQuick ? 1 : 5;
const largeRows = isQuick ? 200_000 : 10_000_000;
const thousands = (count: number): string => count.toLocaleString("en-US");

type Part = (place: Place) => Promise<readonly Figure[]>;

const canvas =
  (nodes: number): Part =>
  ({ browser, folder, home }) =>
    canvasFigures(browser, projectOf(folder, nodes), home, nodes, rounds);

const firstLoad: Part = async ({ browser, folder, home }) => {
  const root = projectOf(folder, 100);
  const figures = [
    fact("first scripts, gzipped", firstScripts() / 1000, "kB", 200),
    fact("process start to interactive", (await startToInteractive(browser, root, home, rounds)) / 1000, "s", 2),
  ];
  if (isQuick) return figures;
  measure([process.execPath, join(checkout, "main", "cli", "main.ts"), "run", "--quiet"], { cwd: root });
  await using host = await startHost(root, home);
  const preview = await cachedPreview(browser, host.url, 100, 9);
  return [...figures, fact("click to the rows of a cached node", preview, "ms", 100)];
};

const named: Readonly<Record<string, readonly [title: string, part: Part]>> = {
  "--first": ["First load", firstLoad],
  "--work": ["Building, 200 nodes", (place) => workFigures(place, 200, isQuick)],
  "--safety": ["Gestures, files, values", (place) => safetyFigures(place, isQuick)],
  "--size": ["Installed", ({ folder: parent }) => sizeFigures(parent)],
  "--large": [`${thousands(largeRows)} rows`, (place) => largeFigures(place, largeRows, isQuick)],
};

/** Packing takes as long as many of the others together. */
const slow = ["--size"];

const partOf = (word: string): readonly [title: string, part: Part] | null => {
  const nodes = Number(word);
  if (Number.isInteger(nodes) && nodes > 0) return [`${thousands(nodes)} nodes`, canvas(nodes)];
  return named[word] ?? null;
};

const projectOf = (folder: string, nodes: number): string => {
  const root = join(folder, `project-${nodes}`);
  mkdirSync(root, { recursive: true });
  makeProject(root, nodes);
  return root;
};

const everything = [
  ...Object.keys(named).filter((name) => !isQuick || !slow.includes(name)),
  ...(isQuick ? ["100"] : ["100", "1000", "10000"]),
];
const words = wanted.length > 0 ? wanted : everything;

const main = async (): Promise<void> => {
  const parts = words.flatMap((word) => {
    const part = partOf(word);
    return part === null ? [] : [part];
  });
  measure([process.execPath, join(checkout, "scripts", "build-renderer.ts"), "--if-changed"], { cwd: checkout });
  const folder = mkdtempSync(join(tmpdir(), "headrace-bench-studio-"));
  const browser = await startBrowser();
  try {
    const place = { browser, folder, home: join(folder, "home") };
    for (const [title, part] of parts) printFigures(title, await part(place));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const unknown = words.find((word) => partOf(word) === null);
if (unknown !== undefined) {
  const known = Object.keys(named).join(", ");
  process.stderr.write(`There is no part ${unknown}; there are ${known}, and numbers of nodes.\n`);
  process.exitCode = 2;
} else await main();
