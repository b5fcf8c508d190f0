import type { Browser, Page } from "@playwright/test";

import { choose, focusCanvas, series, timeTo } from "./hands.ts";
import { openStudio, startHost, windowSize } from "./window.ts";

export interface RerunTimes {
  /** The first run after the host was started anew. */
  readonly restarted: readonly number[];
  /** Runs after it, in the same window. */
  readonly again: readonly number[];
}

/** F5 when everything is up to date, to the sentence and the reasons: milliseconds, after so many starts of the host. */
export const measureReruns = async (
  browser: Browser,
  root: string,
  home: string,
  starts: number,
  rounds: number,
): Promise<RerunTimes> => {
  const restarted: number[] = [];
  const again: number[] = [];
  for (let start = 0; start < starts; start++) {
    await using host = await startHost(root, home);
    const page = await browser.newPage({ viewport: windowSize });
    await openStudio(page, host.url);
    await choose(page, "Show Run");
    await page.waitForLoadState("networkidle");
    restarted.push(await rerun(page, false));
    again.push(...(await series(rounds, () => rerun(page, true))));
    await page.close();
  }
  return { restarted, again };
};

const rerun = async (page: Page, isNew: boolean): Promise<number> => {
  await focusCanvas(page);
  // Nobody runs again before what the last run left behind is tidied up.
  await page.waitForTimeout(300);
  const sights = [
    // The sentence may be the same as before; what a screen reader is told is said anew.
    { selector: ".hidden-visually [role=status]", words: "Run finished: 0 ran, ", isNew },
    { selector: ".run-bar [role=status]", words: "0 ran, " },
    { selector: ".area-bottom [role=row]", words: "up to date" },
  ];
  return timeTo(page, "keydown", sights, () => page.keyboard.press("F5"));
};
