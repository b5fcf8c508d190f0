// From an empty folder to rows in PostgreSQL: a file, a filter, an upsert, run. What hands do for it is counted.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Browser, Locator, Page } from "@playwright/test";

import { askServer, endServer } from "./end-server.ts";
import { startHost, windowSize } from "./window.ts";

export interface Gestures {
  /** Clicks, and drops of files. */
  readonly clicks: number;
  /** Keys, text typed into fields left out. */
  readonly keys: number;
  /** Modal windows that stood in the way before the first rows were seen. */
  readonly modals: number;
  /** Milliseconds of all of it, as a machine does it that waits for what it sees. */
  readonly time: number;
}

const orders = "order_id,customer_id,amount\n1,10,9007199254740993.10\n2,11,-1.00\n3,10,2.50\n4,12,\n";

/** With a mouse; only the words that choose a command are typed. */
export const byMouse = (browser: Browser, folder: string): Promise<Gestures> =>
  inEmptyFolder(browser, folder, "mouse", async (page, hand, file) => {
    await hand.drop(page.getByRole("main", { name: "Start a pipeline" }), file);
    await firstRows(page);
    const palette = page.getByRole("complementary", { name: "Project side bar" });
    await hand.click(palette.getByRole("tab", { name: "Palette" }));
    await hand.click(palette.getByRole("button", { name: /^Filter rows/ }));
    await chosen(page);
    await hand.click(page.getByTitle("Command palette"));
    await page.keyboard.type("update and insert by key");
    await hand.click(page.getByRole("dialog", { name: "Commands" }).getByRole("option").first());
    await page.locator('.canvas [data-node="transform.filtered"] .card-chip').waitFor();
    await hand.click(page.getByRole("button", { name: "Run everything that is stale" }));
  });

/** With a keyboard alone. */
export const byKeys = (browser: Browser, folder: string): Promise<Gestures> =>
  inEmptyFolder(browser, folder, "keys", async (page, hand, file) => {
    const begin = page.getByRole("button", { name: "Start with files" });
    await begin.waitFor();
    while (!(await begin.evaluate((button) => button === document.activeElement))) await hand.press("Tab");
    const choosing = page.waitForEvent("filechooser");
    await hand.press("Enter");
    await (await choosing).setFiles(file);
    await page.locator('.canvas [data-node="source.orders"][aria-selected="true"]').waitFor();
    await firstRows(page);
    await hand.press(".");
    await page.locator("dialog.chooser").waitFor();
    await page.keyboard.type("filter");
    await hand.press("Enter");
    await chosen(page);
    await hand.press("Control+k");
    await page.keyboard.type("update and insert by key");
    await page.locator("#palette-list").getByRole("option").first().waitFor();
    await hand.press("Enter");
    await page.locator('.canvas [data-node="transform.filtered"] .card-chip').waitFor();
    await hand.press("F5");
  });

const firstRows = (page: Page): Promise<void> =>
  page.locator('.area-bottom [aria-label*="source.orders"] [role=gridcell]').first().waitFor({ timeout: 60_000 });

const chosen = (page: Page): Promise<void> =>
  page.locator('.canvas [data-node="transform.filtered"][aria-selected="true"]').waitFor();

const inEmptyFolder = async (
  browser: Browser,
  folder: string,
  name: string,
  act: (page: Page, hand: Hand, file: string) => Promise<void>,
): Promise<Gestures> => {
  const home = join(folder, `gestures-${name}`);
  mkdirSync(home);
  const file = join(home, "orders.csv");
  writeFileSync(file, orders);
  const root = join(home, "headrace", "orders");
  await using host = await startHost(home, home);
  const page = await browser.newPage({ viewport: windowSize });
  const hand = new Hand(page);
  try {
    await page.addInitScript(countModals);
    await page.goto(host.url);
    const started = performance.now();
    await act(page, hand, file);
    await page.locator('.canvas [data-node="transform.filtered"][data-state="ok"]').waitFor({ timeout: 120_000 });
    const time = performance.now() - started;
    const modals = await page.evaluate(() => (window as Counted).benchModals ?? 0);
    const rows = askServer(root, home, "psql", "-c", "select 'rows ' || count(*) from public.filtered");
    if (!rows.includes("rows 3")) throw new Error(`PostgreSQL holds something else: ${rows}`);
    return { clicks: hand.clicks, keys: hand.keys, modals, time };
  } finally {
    await page.close();
    endServer(root, home);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
};

interface Counted {
  benchModals?: number;
}

/** Runs in the page before anything else: counts modal windows that open until the first cell of a table is there. */
const countModals = (): void => {
  const counted = new Set<Element>();
  const counts = window as Counted;
  counts.benchModals = 0;
  const watching = new MutationObserver(() => {
    for (const found of document.querySelectorAll("dialog:modal, [aria-modal=true]")) counted.add(found);
    counts.benchModals = counted.size;
    if (document.querySelector("[role=gridcell]") !== null) watching.disconnect();
  });
  watching.observe(document, { subtree: true, childList: true, attributes: true });
};

/** Does what a person does, and counts it. */
class Hand {
  readonly #page: Page;
  clicks = 0;
  keys = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  async click(target: Locator): Promise<void> {
    await target.waitFor();
    this.clicks++;
    await target.click();
  }

  async press(key: string): Promise<void> {
    this.keys++;
    await this.#page.keyboard.press(key);
  }

  /** Drops a file of the system: one gesture. */
  async drop(target: Locator, file: string): Promise<void> {
    await target.waitFor();
    this.clicks++;
    const name = file.split("/").at(-1) ?? file;
    const dataTransfer = await this.#page.evaluateHandle(
      ([called, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text], called));
        return data;
      },
      [name, orders] as const,
    );
    for (const type of ["dragenter", "dragover", "drop"]) await target.dispatchEvent(type, { dataTransfer });
    await dataTransfer.dispose();
  }
}
