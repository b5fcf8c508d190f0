import { existsSync, readFileSync } from "node:fs";

import type { Browser } from "@playwright/test";

import { processCpu } from "../measure.ts";
import { choose, focusCanvas, timeTo } from "./hands.ts";
import { endlessId } from "./work-project.ts";
import { openStudio, startHost, windowSize } from "./window.ts";

export interface CancelTimes {
  /** Shift+F5 to the window's saying that it stops. */
  readonly shown: readonly number[];
  /** Shift+F5 to the sentence that it has stopped, with the process that worked gone or at rest. */
  readonly stopped: readonly number[];
  /** Processes of the host that outlived it. */
  readonly left: number;
}

/** Cancels a query that does not end, so many times, then stops the host and looks for what it left behind. */
export const measureCancelling = async (
  browser: Browser,
  root: string,
  home: string,
  rounds: number,
): Promise<CancelTimes> => {
  const shown: number[] = [];
  const stopped: number[] = [];
  const seen = new Set<number>();
  {
    await using host = await startHost(root, home);
    const page = await browser.newPage({ viewport: windowSize });
    await openStudio(page, host.url);
    for (let round = 0; round < rounds; round++) {
      await choose(page, endlessId);
      await focusCanvas(page);
      await page.keyboard.press("Control+Enter");
      await page.locator(`.canvas [data-node="${endlessId}"][data-state="running"]`).waitFor();
      const working = await workingBelow(host.pid);
      for (const pid of working) seen.add(pid);
      const sight = { selector: ".run-bar [role=status]", words: "Cancel" };
      const started = performance.now();
      shown.push(await timeTo(page, "keydown", [sight], () => page.keyboard.press("Shift+F5")));
      await page.locator(".run-bar [role=status]", { hasText: "1 cancelled" }).waitFor();
      await Promise.all(working.map(untilAtRest));
      stopped.push(performance.now() - started);
    }
    await page.close();
  }
  return { shown, stopped, left: [...seen].filter(isAlive).length };
};

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Processes below one that have used CPU for most of the last 300 ms; waits for the first. */
const workingBelow = async (pid: number): Promise<readonly number[]> => {
  for (;;) {
    const before = new Map(descendants(pid).map((child) => [child, cpuOf(child)]));
    await sleep(300);
    const working = [...before].filter(([child, cpu]) => cpuOf(child) - cpu > 0.1).map(([child]) => child);
    if (working.length > 0) return working;
  }
};

const descendants = (pid: number): readonly number[] => {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(file) ? readFileSync(file, "utf8").split(" ").filter(Boolean).map(Number) : [];
  return [...children, ...children.flatMap(descendants)];
};

const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));

const cpuOf = (pid: number): number => (isAlive(pid) ? processCpu(pid) : 0);

/** Gone, or without CPU for 50 ms. */
const untilAtRest = async (pid: number): Promise<void> => {
  for (;;) {
    const before = cpuOf(pid);
    await sleep(50);
    if (cpuOf(pid) <= before) return;
  }
};
