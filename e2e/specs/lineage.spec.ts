import { LineagePanel } from "../pages/lineage-panel.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";

test("a column's way lights up, is renamed everywhere and comes back with one undo", async ({
  studio,
  project,
  page,
}) => {
  const lineage = new LineagePanel(page);
  const texts = async () => {
    const files = ["order_totals", "customer_value", "daily_sales", "first_orders"];
    return Promise.all(files.map((file) => project.read(`pipelines/${file}.yml`)));
  };
  const before = await texts();
  await studio.canvas.select("transform.order_totals");
  await lineage.open();

  await test.step("choosing a column dims what has no part in it", async () => {
    await lineage.column("net").click();
    await expect(lineage.column("net")).toHaveAttribute("aria-pressed", "true");
    await expect(lineage.way).toContainText("source.order_items.unit_cents");
    await expect(lineage.way).toContainText("transform.customer_value.spent");
    await expect(studio.canvas.card("source.customers")).toHaveAttribute("data-dimmed", "true");
    await expect(studio.canvas.card("transform.customer_value")).toHaveAttribute("data-dimmed", "false");
    expect(await accessibilityProblems(page, ".area-right")).toEqual([]);
    await studio.picture("lineage");
  });
  await test.step("what breaks without it is told", async () => {
    await lineage.content.getByRole("button", { name: "What breaks without it" }).click();
    await expect(lineage.content.getByRole("region", { name: "What breaks without net" })).toContainText("would fail");
  });
  await test.step("a new name shows every edit before it is made", async () => {
    await lineage.content.getByRole("button", { name: "Rename everywhere" }).click();
    const name = lineage.content.getByRole("textbox", { name: "New name of net" });
    await expect(name).toBeFocused();
    await name.fill("net_cents");
    await expect(lineage.content).toContainText("edits, undone in one step");
    expect(await accessibilityProblems(page, ".area-right")).toEqual([]);
    await studio.picture("lineage-rename");
    await page.keyboard.press("Enter");
    await expect
      .poll(async () => (await project.read("pipelines/customer_value.yml")).includes("net_cents"))
      .toBe(true);
    await expect(lineage.column("net_cents")).toHaveAttribute("aria-pressed", "true");
    for (const text of await texts()) expect(text).not.toMatch(/(?<![\w])net(?![\w])/);
  });
  await test.step("one undo takes all of it back", async () => {
    await studio.canvas.box.focus();
    await page.keyboard.press("Control+z");
    await expect.poll(texts).toEqual(before);
  });
});

test("columns are walked and lit by keyboard alone", async ({ studio, page }) => {
  const lineage = new LineagePanel(page);
  await studio.canvas.select("transform.order_totals");
  await studio.command("Show Lineage");
  await lineage.column("order_id").focus();
  await page.keyboard.press("ArrowDown");
  await expect(lineage.column("order_date")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(studio.canvas.card("source.order_items")).toHaveAttribute("data-dimmed", "true");
  await lineage.content.getByRole("button", { name: "Show all nodes" }).focus();
  await page.keyboard.press("Enter");
  await expect(studio.canvas.card("source.order_items")).toHaveAttribute("data-dimmed", "false");
});
