import type { JSHandle, Page } from "@playwright/test";

import { series, timesTo } from "./hands.ts";

/** Milliseconds from the drop of a file, a round each. */
export interface Dropped {
  /** To the card that stands for it. */
  readonly card: number;
  /** To the first of its rows. */
  readonly rows: number;
}

/**
 * Drops a CSV of so many megabytes on the canvas. What of the file has to come to the host for its first rows is part of
 * their time; the rest may follow.
 */
export const measureDropping = (page: Page, megabytes: number, rounds: number): Promise<readonly Dropped[]> =>
  series(rounds, async (round) => {
    const name = `dropped_${megabytes}_${round}`;
    const dataTransfer = await fileOf(page, name, megabytes);
    const canvas = page.locator(".canvas");
    const box = await canvas.boundingBox();
    const at = { clientX: (box?.x ?? 0) + 200, clientY: (box?.y ?? 0) + 200 };
    for (const type of ["dragenter", "dragover"]) await canvas.dispatchEvent(type, { dataTransfer, ...at });
    const card = { selector: `[data-coming="source.${name}"]`, words: `${name}.csv` };
    const cell = { selector: `.area-bottom [aria-label*="source.${name}"] [role=gridcell]`, words: "customer" };
    const [toCard = Number.NaN, toRows = Number.NaN] = await timesTo(page, "drop", [[card], [cell]], () =>
      canvas.dispatchEvent("drop", { dataTransfer, ...at }),
    );
    await dataTransfer.dispose();
    // The next one comes when this one is all there: rows may show before the file has arrived and was run.
    const done = page.locator(`.canvas [data-node="source.${name}"]:is([data-state="ok"], [data-state="cached"])`);
    await done.waitFor({ timeout: 120_000 });
    return { card: toCard, rows: toRows };
  });

/** Orders of customers: whole numbers, words, decimals and days. */
const fileOf = (page: Page, name: string, megabytes: number): Promise<JSHandle<DataTransfer>> =>
  page.evaluateHandle(
    ([stem, size]) => {
      const parts = ["id,name,amount,day\n"];
      for (let row = 0, bytes = 0; bytes < size * 1e6; bytes += parts.at(-1)?.length ?? 0) {
        const lines: string[] = [];
        for (const end = row + 10_000; row < end; row++)
          lines.push(`${row},customer ${row % 977},${(row * 7919) % 100_000}.25,2024-01-${10 + (row % 20)}\n`);
        parts.push(lines.join(""));
      }
      const data = new DataTransfer();
      data.items.add(new File(parts, `${stem}.csv`));
      return data;
    },
    [name, megabytes] as const,
  );
