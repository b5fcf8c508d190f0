import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { Authoring } from "../pages/authoring.ts";
import { StudioPage } from "../pages/studio-page.ts";
import type { Window } from "../support/acts.ts";
import { expect, test } from "../support/fixtures.ts";
import { files, type Row, rows } from "../support/key-rows/index.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

/** Puts every file back as another program would, and waits until the canvas shows it. */
const putBack = async ({ project, page, studio }: Window): Promise<void> => {
  await page.keyboard.press("Escape");
  for (const [file, text] of Object.entries(files)) {
    if ((await project.read(file).catch(() => "")) !== text) await project.write(file, text);
  }
  for (const name of await readdir(join(project.root, "pipelines"))) {
    if (!(`pipelines/${name}` in files)) await rm(join(project.root, "pipelines", name));
  }
  await expect
    .poll(() => studio.canvas.ids())
    .toEqual(["source.customers", "source.orders", "transform.paid", "transform.total"]);
  await expect.poll(() => page.evaluate(standAsWritten)).toBe(true);
};

/** In the page: whether the cards stand to each other as canvas.yml has them. */
const standAsWritten = (): boolean => {
  const [customers, orders, paid, total] = [
    "source.customers",
    "source.orders",
    "transform.paid",
    "transform.total",
  ].map((id) => document.querySelector(`[role='option'][data-node="${id}"]`)?.getBoundingClientRect() ?? new DOMRect());
  if (customers === undefined || orders === undefined || paid === undefined || total === undefined) return false;
  const unit = (paid.x - orders.x) / 360;
  const isNear = (pixels: number, wanted: number): boolean => Math.abs(pixels - wanted * unit) < 2;
  return (
    unit > 0 &&
    isNear(total.x - orders.x, 720) &&
    isNear(customers.y - orders.y, 160) &&
    isNear(total.y - paid.y, 0) &&
    isNear(paid.y - orders.y, 0) &&
    isNear(customers.x - orders.x, 0)
  );
};

for (const way of ["mouse", "keyboard"] as const) {
  test(`everything of the table of keys, by ${way}`, async ({ page, context, complaints }) => {
    test.setTimeout(300_000);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await using project = await ownProject(files);
    await using host = await startStudio(project.root);
    const studio = new StudioPage(page);
    await studio.open(host.url);
    const window = { page, studio, hands: new Authoring(page), project };
    await ready(window);
    // Every row is tried: what does not work is named all at once.
    const failed: string[] = [];
    for (const row of rows) {
      await test.step(row.what, async () => {
        try {
          await tryRow(window, row, way);
        } catch (error) {
          failed.push(`${row.what}: ${String(error)}`);
          await page.reload();
          await ready(window);
        }
      });
    }
    await page.goto("about:blank");
    expect(failed).toEqual([]);
    expect(complaints).toEqual([]);
  });
}

/** The cards are elements a moment after the window is there. */
const ready = async ({ studio }: Window): Promise<void> => {
  await studio.canvas.box.waitFor();
  await expect.poll(async () => (await studio.canvas.ids()).length, { timeout: 60_000 }).toBeGreaterThan(1);
};

const tryRow = async (window: Window, row: Row, way: "mouse" | "keyboard"): Promise<void> => {
  const { studio, page } = window;
  await putBack(window);
  await studio.canvas.box.focus();
  await page.keyboard.press("1");
  if (row.on === undefined) await page.keyboard.press("Escape");
  else await select(window, row.on, way);
  await row[way](window);
  await row.shows(window);
};

const select = async ({ page, studio, hands }: Window, id: string, way: "mouse" | "keyboard"): Promise<void> => {
  if (way === "mouse") return studio.canvas.select(id);
  await page.keyboard.press("Control+k");
  await page.keyboard.type(id);
  await page.keyboard.press("Enter");
  await expect(studio.canvas.card(id)).toHaveAttribute("aria-selected", "true");
  await expect(hands.list).toBeHidden();
  return studio.canvas.box.focus();
};
