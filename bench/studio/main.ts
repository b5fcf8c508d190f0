// `npm run bench:studio`: the window in a real Chromium, on generated projects, beside a plain canvas that draws the same.
// `--quick` measures 100 nodes once and few waits; numbers name other sizes: `npm run bench:studio -- 1000`.
// `--work` measures the waits alone.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser } from "@playwright/test";

import { measure } from "../measure.ts";
import { type Figure, printFigures } from "../report.ts";
import { cachedPreview, firstScripts, startToInteractive } from "./first-load.ts";
import { makeProject } from "./make-project.ts";
import { type Compared, measureCanvas } from "./measure-canvas.ts";
import { startBrowser, startHost } from "./window.ts";
import { workFigures } from "./work-figures.ts";

const checkout = join(import.meta.dirname, "..", "..");
const isQuick = process.argv.includes("--quick");
const named = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const isWorkOnly = process.argv.includes("--work");
const sizes = isWorkOnly ? [] : named.length > 0 ? named : isQuick ? [100] : [100, 1000, 10_000];
const rounds = isQuick ? 1 : 5;

const main = async (): Promise<void> => {
  measure([process.execPath, join(checkout, "scripts", "build-renderer.ts"), "--if-changed"], { cwd: checkout });
  const folder = mkdtempSync(join(tmpdir(), "headrace-bench-studio-"));
  const browser = await startBrowser();
  try {
    if (!isWorkOnly) printFigures("First load", await firstLoad(browser, folder));
    if (named.length === 0) {
      const place = { browser, folder, home: join(folder, "home") };
      printFigures("Building, 200 nodes", await workFigures(place, 200, isQuick));
    }
    for (const nodes of sizes)
      printFigures(`${nodes.toLocaleString("en-US")} nodes`, await canvas(browser, folder, nodes));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const projectOf = (folder: string, nodes: number): string => {
  const root = join(folder, `project-${nodes}`);
  mkdirSync(root, { recursive: true });
  makeProject(root, nodes);
  return root;
};

const figure = (name: string, value: number, unit: Figure["unit"], target: number | null, detail = ""): Figure => ({
  name,
  value,
  unit,
  target,
  detail,
});

const firstLoad = async (browser: Browser, folder: string): Promise<readonly Figure[]> => {
  const root = projectOf(folder, 100);
  const home = join(folder, "home");
  const figures = [
    figure("first scripts, gzipped", firstScripts() / 1000, "kB", 200),
    figure("process start to interactive", (await startToInteractive(browser, root, home, rounds)) / 1000, "s", 2),
  ];
  if (isQuick) return figures;
  measure([process.execPath, join(checkout, "main", "cli", "main.ts"), "run", "--quiet"], { cwd: root });
  await using host = await startHost(root, home);
  const preview = await cachedPreview(browser, host.url, 100, 9);
  return [...figures, figure("click to the rows of a cached node", preview, "ms", 100)];
};

const ratio = (name: string, { studio, plain }: Compared, target: number | null): Figure =>
  figure(
    `${name}, against a plain canvas`,
    studio.cpu / plain.cpu,
    "×",
    target,
    `${studio.cpu.toFixed(2)} ms against ${plain.cpu.toFixed(2)} ms main-thread CPU a frame; p95 frame ${studio.p95.toFixed(1)} ms against ${plain.p95.toFixed(1)}`,
  );

const canvas = async (browser: Browser, folder: string, nodes: number): Promise<readonly Figure[]> => {
  await using host = await startHost(projectOf(folder, nodes), join(folder, "home"));
  const { open, openCpu, panAtFit, panNear, dragAtFit, dragNear, heap } = await measureCanvas(
    browser,
    host.url,
    nodes,
    rounds,
  );
  const isThousand = nodes === 1000;
  const isLarge = nodes === 10_000;
  return [
    figure(
      "open to interactive",
      open / 1000,
      "s",
      isThousand ? 1.5 : null,
      `${openCpu.toFixed(0)} ms of main-thread CPU`,
    ),
    figure("pan, CPU a frame, near", panNear.studio.cpu, "ms", isThousand ? 8 : null),
    figure("pan, 95th percentile of a frame, near", panNear.studio.p95, "ms", isThousand ? 20 : null),
    figure("JS heap", heap / 1e6, "MB", isThousand ? 40 : null),
    ratio("pan, everything in view", panAtFit, isLarge ? 1.5 : null),
    ratio("pan, near", panNear, isLarge ? 1.3 : null),
    ratio("drag, everything in view", dragAtFit, isLarge ? 1.2 : null),
    ratio("drag, near", dragNear, isLarge ? 1.2 : null),
  ];
};

await main();
