import { accessibilityProblems, expect, test } from "../support/fixtures.ts";

const nodes = [
  "source.customers",
  "source.order_items",
  "source.orders",
  "transform.customer_value",
  "transform.daily_sales",
  "transform.first_orders",
  "transform.order_totals",
  "transform.product_pairs",
];

test("a project is opened, run and looked at", async ({ studio, project }) => {
  const { canvas, bottom, page } = studio;
  await expect.poll(() => canvas.ids()).toEqual(nodes);
  expect(page.url()).not.toContain("token");
  await expect(studio.statusBar).toContainText("8 stale");

  await test.step("a node that never ran says so, with the next step", async () => {
    await canvas.select("transform.order_totals");
    await expect(bottom.content).toContainText("transform.order_totals has no output yet");
    await expect(bottom.content.getByRole("button", { name: "Run it" })).toBeVisible();
    await studio.picture("before-the-first-run");
  });

  await test.step("a run shows its states, then one sentence", async () => {
    await page.keyboard.press("F5");
    await expect(bottom.content).toContainText("8 ran, 0 cached, 0 failed", { timeout: 50_000 });
    for (const id of nodes) await canvas.expectState(id, "ok");
    await expect(studio.statusBar).toContainText("up to date");
    await studio.picture("after-the-first-run");
  });

  await test.step("a click shows the table", async () => {
    await canvas.select("transform.order_totals");
    await expect(bottom.content).toContainText("all 30 rows");
    await expect
      .poll(() => bottom.columns())
      .toEqual(["order_id", "order_date", "customer_id", "country", "status", "pieces", "gross", "net"]);
    await expect.poll(() => bottom.row(0)).toEqual(["1001", "2024-01-03", "2", "SE", "paid", "7", "90.84", "90.84"]);
    await studio.picture("preview");
  });

  await test.step("nothing of it is a barrier", async () => {
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  expect(await project.read("exports/customer_value.csv")).toContain("customer_id");
});

test("a file that is edited elsewhere shows without a click", async ({ studio, project }) => {
  const { canvas, bottom } = studio;
  await expect.poll(() => canvas.ids()).toEqual(nodes);
  const file = "pipelines/daily_sales.yml";
  const before = await project.read(file);

  await project.write(file, before.replace("name: daily_sales", "name: sales_by_day"));
  await expect(canvas.card("transform.sales_by_day")).toBeVisible();
  await expect(canvas.card("transform.daily_sales")).toHaveCount(0);

  await project.write(file, before.replace("tags: [gold]", "tagz: [gold]"));
  // A file that cannot be read any more goes by the name that it had.
  await canvas.expectState("transform.sales_by_day", "invalid");
  await bottom.show("Problems");
  await expect(bottom.content).toContainText("tagz");
  await expect(bottom.content).toContainText(`${file}:4`);
  await studio.picture("problems");

  await project.write(file, before);
  await expect(bottom.content).toContainText("No problems");
});

test("moving a card changes canvas.yml alone, and undo takes it back", async ({ studio, project }) => {
  const { canvas, page } = studio;
  await expect.poll(() => canvas.ids()).toEqual(nodes);
  await canvas.drag("source.orders", 0, 80);
  await expect.poll(() => project.read("canvas.yml").catch(() => "")).toContain("source.orders: [");
  const first = await project.read("canvas.yml");
  await canvas.drag("source.orders", 0, 40);
  await expect.poll(() => project.read("canvas.yml")).not.toBe(first);
  await page.keyboard.press("Control+z");
  await expect.poll(() => project.read("canvas.yml")).toBe(first);
  await page.keyboard.press("Control+z");
  await expect.poll(() => project.read("canvas.yml").catch(() => "gone")).toBe("gone");
});
