// The canvas with so many nodes, beside a plain one that draws the same.

import type { Browser } from "@playwright/test";

import type { Figure } from "../report.ts";
import { fact } from "./figures.ts";
import { type Compared, measureCanvas } from "./measure-canvas.ts";
import { startHost } from "./window.ts";

/** Those of the project in `root`; what is promised is promised for 1,000 and for 10,000 nodes. */
export const canvasFigures = async (
  browser: Browser,
  root: string,
  home: string,
  nodes: number,
  rounds: number,
): Promise<readonly Figure[]> => {
  await using host = await startHost(root, home);
  const measured = await measureCanvas(browser, host.url, nodes, rounds);
  const { open, openCpu, panAtFit, panNear, dragAtFit, dragNear, heap } = measured;
  const isThousand = nodes === 1000;
  const isLarge = nodes === 10_000;
  return [
    fact(
      "open to interactive",
      open / 1000,
      "s",
      isThousand ? 1.5 : null,
      `${openCpu.toFixed(0)} ms of main-thread CPU`,
    ),
    fact("pan, CPU a frame, near", panNear.studio.cpu, "ms", isThousand ? 8 : null),
    fact("pan, 95th percentile of a frame, near", panNear.studio.p95, "ms", isThousand ? 20 : null),
    fact("JS heap", heap / 1e6, "MB", isThousand ? 40 : null),
    ratio("pan, everything in view", panAtFit, isLarge ? 1.5 : null),
    ratio("pan, near", panNear, isLarge ? 1.3 : null),
    ratio("drag, everything in view", dragAtFit, isLarge ? 1.2 : null),
    ratio("drag, near", dragNear, isLarge ? 1.2 : null),
  ];
};

const ratio = (name: string, { studio, plain }: Compared, target: number | null): Figure =>
  fact(
    `${name}, against a plain canvas`,
    studio.cpu / plain.cpu,
    "×",
    target,
    `${studio.cpu.toFixed(2)} ms against ${plain.cpu.toFixed(2)} ms main-thread CPU a frame; p95 frame ${studio.p95.toFixed(1)} ms against ${plain.p95.toFixed(1)}`,
  );
