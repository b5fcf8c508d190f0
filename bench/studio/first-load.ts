import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import type { Browser } from "@playwright/test";

import { median } from "../measure.ts";
import { openStudio, startHost, windowSize } from "./window.ts";

const built = join(import.meta.dirname, "..", "..", "out", "renderer");

/** Bytes of the scripts that the page names itself, gzipped: what has to come before anything is drawn. */
export const firstScripts = (): number => {
  const page = readFileSync(join(built, "index.html"), "utf8");
  const names = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].flatMap(([, name]) => name ?? []);
  return names.reduce((sum, name) => sum + gzipSync(readFileSync(join(built, name))).length, 0);
};

/** Milliseconds from starting the process to a canvas that answers, in a browser that runs already. */
export const startToInteractive = async (
  browser: Browser,
  root: string,
  home: string,
  rounds: number,
): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await using host = await startHost(root, home);
    const page = await browser.newPage({ viewport: windowSize });
    await openStudio(page, host.url);
    times.push(performance.now() - started);
    await page.close();
  }
  return median(times);
};

/** Milliseconds from a click on a cached node to its rows, in a window that has shown another one's. */
export const cachedPreview = async (browser: Browser, url: string, nodes: number, rounds: number): Promise<number> => {
  const page = await browser.newPage({ viewport: windowSize });
  await openStudio(page, url);
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const name = `n${nodes - 1 - round}`;
    const row = page.getByRole("list", { name: "Outline" }).getByRole("button", { name: new RegExp(`^${name}\\b`) });
    await page.getByRole("searchbox").first().fill(name);
    await row.waitFor();
    times.push(await row.evaluate(clickToRows, `transform.${name}`));
  }
  await page.close();
  // The first one also brings the table's own code.
  return median(times.slice(1));
};

/** Runs in the page: clicks and waits until the table of that node has a cell. */
const clickToRows = (button: Element, id: string): Promise<number> => {
  const started = performance.now();
  return new Promise((resolve) => {
    const look = (): void => {
      const table = document.querySelector(`.area-bottom [aria-label*="${id}"]`);
      if (table?.querySelector("[role=gridcell], td") !== null && table !== null) {
        watching.disconnect();
        resolve(performance.now() - started);
      }
    };
    const watching = new MutationObserver(look);
    watching.observe(document.body, { subtree: true, childList: true, attributes: true });
    if (button instanceof HTMLElement) button.click();
  });
};
