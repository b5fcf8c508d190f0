// Hands on the window, and a clock in the page: from the moment of a key, a click or a drop to what is seen of it.

import type { Page } from "@playwright/test";

/** What is to be seen before the clock stops. */
export interface Sight {
  readonly selector: string;
  readonly words: string;
  /** It stood there before: it has to go and to come again. */
  readonly isNew?: boolean;
}

const patience = 120_000;

interface Clock {
  benchSeen?: Promise<readonly number[]>;
}

/** Types into the command palette and takes its first answer, a node's id among them. */
export const choose = async (page: Page, words: string): Promise<void> => {
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("combobox", { name: "Type a command" });
  await palette.fill(words);
  await page.locator("#palette-list").getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await palette.waitFor({ state: "hidden" });
};

/** Has the keys go to the canvas. */
export const focusCanvas = (page: Page): Promise<void> =>
  page.evaluate(() => document.querySelector<HTMLElement>(".canvas")?.focus());

type Trigger = "keydown" | "pointerdown" | "drop";

/** Milliseconds from the event that `act` causes to the frame in which all is seen. */
export const timeTo = async (
  page: Page,
  event: Trigger,
  sights: readonly Sight[],
  act: () => Promise<unknown>,
): Promise<number> => (await timesTo(page, event, [sights], act))[0] ?? Number.NaN;

/** The same for several things that one event brings, each seen in its own time. */
export const timesTo = async (
  page: Page,
  event: Trigger,
  scenes: readonly (readonly Sight[])[],
  act: () => Promise<unknown>,
): Promise<readonly number[]> => {
  await page.evaluate(startClock, { event, scenes, patience });
  await act();
  return page.evaluate(() => (window as Clock).benchSeen ?? []);
};

interface ClockOptions {
  readonly event: string;
  readonly scenes: readonly (readonly Sight[])[];
  readonly patience: number;
}

/** Runs in the page. What may only come again is watched change by change, as it may be gone for less than a frame. */
const startClock = ({ event, scenes, patience: most }: ClockOptions): void => {
  const isThere = ({ selector, words }: Sight): boolean =>
    [...document.querySelectorAll(selector)].some(({ textContent }) => textContent.includes(words));
  const started = new Promise<number>((resolve) => {
    addEventListener(event, ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true });
  });
  const seen = (sights: readonly Sight[], start: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const waited = new Set(sights.filter(({ isNew }) => isNew === true));
      const watching = new MutationObserver(() => {
        for (const sight of waited) if (!isThere(sight)) waited.delete(sight);
      });
      watching.observe(document.body, { subtree: true, childList: true, characterData: true });
      const look = (): void => {
        const now = performance.now();
        if (waited.size === 0 && sights.every(isThere)) {
          watching.disconnect();
          resolve(now - start);
        } else if (now - start > most) {
          watching.disconnect();
          reject(new Error(`not seen: ${sights.map(({ selector, words }) => `${selector} ${words}`).join(", ")}`));
        } else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  (window as Clock).benchSeen = started.then((start) => Promise.all(scenes.map((sights) => seen(sights, start))));
};

/** So many times what one round gives; a round before them, which brings code and processes, does not count. */
export const series = async <T>(rounds: number, once: (round: number) => Promise<T>): Promise<readonly T[]> => {
  const times: T[] = [];
  for (let round = 0; round <= rounds; round++) times.push(await once(round));
  return times.slice(1);
};
