import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { choose, series, timeTo } from "./hands.ts";
import { leafId } from "./work-project.ts";

/** A file that another program changed, to what the inspector shows of its node, in milliseconds. */
export const measureOutsideEdits = async (page: Page, root: string, rounds: number): Promise<readonly number[]> => {
  const file = join(root, "pipelines", "leaf.yml");
  const before = readFileSync(file, "utf8");
  await choose(page, leafId);
  await choose(page, "Show Notes");
  const times = await series(rounds, async (round) => {
    const note = `written elsewhere, ${round}`;
    // The clock runs from an event of the page, right before the write.
    return timeTo(page, "pointerdown", [{ selector: ".area-right", words: note }], async () => {
      await page.evaluate(() => dispatchEvent(new Event("pointerdown")));
      writeFileSync(file, `${before}description: ${note}\n`);
    });
  });
  writeFileSync(file, before);
  return times;
};
