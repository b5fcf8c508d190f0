import { expect, test } from "../support/fixtures.ts";

test("areas are resized and hidden with keys, and remembered for the project", async ({
  studio,
  host,
  page,
  context,
}) => {
  const bottom = page.getByRole("region", { name: "Panel", exact: true });
  await studio.canvas.box.focus();
  await page.keyboard.press("Control+b");
  await expect(studio.sideBar).toBeHidden();
  await page.keyboard.press("Control+Alt+b");
  await expect(studio.inspector).toBeHidden();
  await page.keyboard.press("Control+j");
  await expect(bottom).toBeHidden();
  await page.keyboard.press("Control+j");
  const handle = page.getByRole("separator", { name: "Resize Panel" });
  await handle.focus();
  const before = Number(await handle.getAttribute("aria-valuenow"));
  for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowUp");
  await expect(handle).toHaveAttribute("aria-valuenow", String(before + 48));

  // What is remembered is written a moment after the last change: another window finds it then.
  await expect(async () => {
    const other = await context.newPage();
    await other.goto(host.url);
    const there = other.getByRole("separator", { name: "Resize Panel" });
    try {
      await expect(there).toHaveAttribute("aria-valuenow", String(before + 48), { timeout: 10_000 });
    } finally {
      await other.close();
    }
  }).toPass();
  await page.reload();
  await studio.canvas.box.waitFor();
  await expect(studio.sideBar).toBeHidden();
  await expect(handle).toHaveAttribute("aria-valuenow", String(before + 48));
});

test("the graph is walked, previewed and run by keyboard alone", async ({ studio, page }) => {
  const { canvas, bottom } = studio;
  await canvas.box.focus();
  await page.keyboard.press("1");
  const selected = page.locator('[data-node][aria-selected="true"]');
  await page.keyboard.press("ArrowRight");
  await expect(selected).toHaveCount(1);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("source.orders");
  await expect(page.getByRole("option", { name: /^source.orders/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(canvas.card("source.orders")).toHaveAttribute("aria-selected", "true");
  await expect(canvas.box).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(canvas.card("transform.order_totals")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Control+Enter");
  await canvas.expectState("source.orders", "ok");
  await page.keyboard.press("Space");
  await expect(bottom.content).toContainText("all 30 rows");
  await page.keyboard.press("Shift+Space");
  await expect(canvas.box).toBeHidden();
  await studio.picture("preview-maximised");
});
