import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import type { Browser, Locator, Page } from "@playwright/test";
import { endServer } from "./end-server.ts";
import { choose, focusCanvas } from "./hands.ts";
import { leafId } from "./work-project.ts";
import { openStudio, startHost, windowSize } from "./window.ts";

export interface Gesture {
  /** Clicks, and keys besides the letters that are typed. */
  readonly actions: number;
  /** Milliseconds from the first of them. */
  readonly time: number;
}

const result = "transform.scheduled_flights";

/** From the start page to the first table that a pipeline made: the sample, one of its nodes, run. */
export const measureFirstResult = async (browser: Browser, folder: string, round: number): Promise<Gesture> => {
  // Somebody who never ran anything.
  const home = join(folder, `newcomer-${round}`);
  mkdirSync(home);
  await using host = await startHost(home, home);
  const page = await browser.newPage({ viewport: windowSize });
  await page.goto(host.url);
  const hand = new Hand(page);
  await hand.click(page.getByRole("button", { name: "Try the sample" }));
  await hand.click(page.getByRole("list", { name: "Outline" }).getByRole("button", { name: /^scheduled_flights\b/ }));
  await hand.click(page.locator(".area-bottom").getByRole("button", { name: "Run it" }));
  await page.locator(`.area-bottom [aria-label*="${result}"] [role=gridcell]`).first().waitFor();
  const gesture = hand.done();
  await page.close();
  // The sample's server outlives the studio.
  endServer(join(home, "headrace-sample"), home);
  return gesture;
};

/** A filter that reads the selected node, to its card on the canvas and its file. */
export const measureAdding = async (browser: Browser, root: string, home: string, round: number): Promise<Gesture> => {
  await using host = await startHost(root, home);
  const page = await browser.newPage({ viewport: windowSize });
  await openStudio(page, host.url);
  await choose(page, leafId);
  await focusCanvas(page);
  const hand = new Hand(page);
  await hand.press(".");
  await page.locator("dialog.chooser").waitFor();
  await page.keyboard.type("filter");
  await hand.press("Enter");
  const name = round === 0 ? "filtered" : `filtered_${round + 1}`;
  await page.locator(`.canvas [data-node="transform.${name}"][aria-selected="true"]`).waitFor();
  const gesture = hand.done();
  if (!existsSync(join(root, "pipelines", `${name}.yml`))) throw new Error(`${name} was not written`);
  await page.close();
  return gesture;
};

/** Does what a person does, and counts it. */
class Hand {
  readonly #page: Page;
  #actions = 0;
  #started = Number.NaN;

  constructor(page: Page) {
    this.#page = page;
  }

  async click(target: Locator): Promise<void> {
    await target.waitFor();
    this.#count();
    await target.click();
  }

  async press(key: string): Promise<void> {
    this.#count();
    await this.#page.keyboard.press(key);
  }

  done(): Gesture {
    return { actions: this.#actions, time: performance.now() - this.#started };
  }

  #count(): void {
    if (this.#actions++ === 0) this.#started = performance.now();
  }
}
