import type { CDPSession, Page } from "@playwright/test";

import { DrawnCanvas, type Place } from "../pages/drawn-canvas.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { expect, test } from "../support/fixtures.ts";

const orders = "source.orders";
const daily = "transform.daily_sales";
const first = "transform.first_orders";

/** Takes a card in the hand and carries it away, without letting go. */
const carry = async (page: Page, from: Place, by: Place): Promise<void> => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 4 });
};

test("what a hand carries goes back, stays under it, and is the only thing it changes", async ({
  studio,
  project,
  page,
  context,
  host,
}) => {
  test.slow();
  const { canvas } = studio;
  const drawn = new DrawnCanvas(page, canvas);
  const saved = (): Promise<string> => project.read("canvas.yml").catch(() => "");
  await expect(canvas.card(orders)).toBeVisible();
  await canvas.box.focus();
  await page.keyboard.press("1");

  await test.step("Escape puts it back, wherever the keys are; nothing is written", async () => {
    const before = await drawn.middle(orders);
    await carry(page, before, { x: 60, y: 40 });
    await page.keyboard.press("Control+f");
    await expect(drawn.find).toBeFocused();
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await expect.poll(() => drawn.middle(orders)).toEqual(before);
    await drawn.find.press("Escape");
    expect(await saved()).not.toContain(`${orders}: [`);
  });

  await test.step("a pointer that is lost puts it back, too", async () => {
    const before = await drawn.middle(orders);
    await carry(page, before, { x: 60, y: 40 });
    await canvas.box.evaluate((box) => box.releasePointerCapture(1));
    await page.mouse.move(before.x + 90, before.y + 60);
    await page.mouse.up();
    await expect.poll(() => drawn.middle(orders)).toEqual(before);
    expect(await saved()).not.toContain(`${orders}: [`);
  });

  await test.step("Escape takes a lasso back", async () => {
    await canvas.select(orders);
    const box = (await canvas.box.boundingBox())!;
    await page.keyboard.down("Shift");
    await carry(page, { x: box.x + 4, y: box.y + 4 }, { x: box.width - 8, y: box.height - 8 });
    await expect(studio.inspector).toContainText("nodes are selected");
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await expect(canvas.card(orders)).toHaveAttribute("aria-selected", "true");
    await expect(canvas.card(daily)).toHaveAttribute("aria-selected", "false");
  });

  await test.step("the canvas that moves under the hand leaves the card in it", async () => {
    const before = await drawn.middle(orders);
    await carry(page, before, { x: 40, y: 30 });
    await page.mouse.wheel(50, 60);
    await page.mouse.up();
    const after = await drawn.middle(orders);
    expect(Math.abs(after.x - before.x - 40)).toBeLessThan(2);
    expect(Math.abs(after.y - before.y - 30)).toBeLessThan(2);
    await page.keyboard.press("Control+z");
    await expect.poll(saved).not.toContain(`${orders}: [`);
    await page.keyboard.press("1");
  });

  await test.step("a second window that moves the same card is not overruled by a hand that puts it back", async () => {
    const second = new StudioPage(await context.newPage());
    await second.open(host.url);
    const there = new DrawnCanvas(second.page, second.canvas);
    const fitted = async (): Promise<Place> => {
      await second.page.bringToFront();
      await second.canvas.box.focus();
      await second.page.keyboard.press("1");
      return there.middle(orders);
    };
    const old = await fitted();
    await page.bringToFront();
    await carry(page, await drawn.middle(orders), { x: 60, y: 40 });
    await project.write("canvas.yml", `positions:\n  ${orders}: [-200, 260]\n`);
    await expect.poll(fitted).not.toEqual(old);
    const wanted = await fitted();
    await page.bringToFront();
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await page.keyboard.press("1");
    await expect.poll(() => drawn.middle(orders)).toEqual(wanted);
    await second.page.close();
  });

  await test.step("a lasso takes what a collapsed group hides", async () => {
    await canvas.select(daily);
    await canvas.card(first).click({ modifiers: ["Shift"] });
    await page.keyboard.press("Control+g");
    await drawn.groupTitle.press("Enter");
    await page.keyboard.press("Alt+c");
    await expect.poll(saved).toContain('"collapsed":true');
    await page.keyboard.press("Escape");
    await page.keyboard.press("1");
    const box = (await canvas.box.boundingBox())!;
    await drawn.lasso({ x: box.x + 4, y: box.y + 4 }, { x: box.x + box.width - 4, y: box.y + box.height - 4 });
    await expect(studio.inspector).toContainText("8 nodes are selected");
  });
});

test("two fingers zoom between them, one pans", async ({ studio, page }) => {
  const { canvas } = studio;
  await expect(canvas.card(orders)).toBeVisible();
  await canvas.box.focus();
  await page.keyboard.press("1");
  const zoom = async (): Promise<number> => Number(/(\d+) %/.exec(await studio.statusBar.innerText())?.[1]);
  const before = await zoom();
  const box = (await canvas.box.boundingBox())!;
  const middle = { x: box.x + box.width / 2, y: box.y + 40 };
  const session = await page.context().newCDPSession(page);
  await touch(session, "touchStart", [middle]);
  await touch(session, "touchStart", [middle, { x: middle.x + 60, y: middle.y }]);
  for (let step = 1; step <= 4; step++) {
    await touch(session, "touchMove", [middle, { x: middle.x + 60 + step * 15, y: middle.y }]);
  }
  await touch(session, "touchEnd", []);
  await expect.poll(zoom).toBeGreaterThan(before * 1.8);
  await expect.poll(zoom).toBeLessThan(before * 2.2);
});

const touch = async (session: CDPSession, type: string, points: readonly Place[]): Promise<void> => {
  await session.send("Input.dispatchTouchEvent", {
    type: type as "touchStart",
    touchPoints: points.map(({ x, y }, id) => ({ x: Math.round(x), y: Math.round(y), id })),
  });
};
