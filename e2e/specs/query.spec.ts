import { accessibilityProblems, expect, test } from "../support/fixtures.ts";

test("a query is asked over the tables, and its mistakes are explained", async ({ studio, page }) => {
  const { bottom, canvas } = studio;
  await canvas.select("source.orders");
  await page.keyboard.press("Control+Enter");
  await canvas.expectState("source.orders", "ok");
  await bottom.show("Query");
  const editor = page.getByRole("textbox", { name: "SQL over the nodes' tables" });
  await editor.fill("select status, count(*) as orders from source.orders group by all order by all");
  await editor.press("Control+Enter");
  await expect(bottom.content).toContainText("all 3 rows");
  await expect.poll(() => bottom.columns()).toEqual(["status", "orders"]);
  // As hands do: filling a highlighted text in one go leaves styles that the page's policy refuses.
  await editor.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("select * from source.order");
  await editor.press("Control+Enter");
  await expect(bottom.content.getByRole("alert")).toContainText("source.order");
  await expect(bottom.content.getByRole("alert")).toContainText("source.orders");
  await studio.picture("query-mistake");
  await editor.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("select sttus from source.orders");
  await editor.press("Control+Enter");
  await expect(bottom.content.getByRole("alert")).toContainText(
    'The query failed: Binder error: Referenced column "sttus"',
  );
});

test("a query's answer is a table and a chart, and is asked again from the history", async ({ studio, page }) => {
  const { bottom, canvas } = studio;
  await canvas.select("source.orders");
  await page.keyboard.press("Control+Enter");
  await canvas.expectState("source.orders", "ok");
  await bottom.show("Query");
  const editor = page.getByRole("textbox", { name: "SQL over the nodes' tables" });
  await editor.fill("select status, count(*) as orders from source.orders group by all order by all");
  await editor.press("Control+Enter");
  await expect(bottom.table.coverage).toHaveText("all 3 rows");
  await bottom.content.getByRole("button", { name: "Chart" }).click();
  await expect(bottom.content.getByRole("img", { name: "orders by status, 3 rows" })).toBeVisible();
  expect(await accessibilityProblems(page, ".area-bottom")).toEqual([]);
  await studio.picture("query-chart");
  await editor.fill("");
  await bottom.content.getByRole("button", { name: "Earlier queries" }).click();
  await page.getByRole("menuitem", { name: /^select status/ }).click();
  await expect(editor).toContainText("count(*)");
});
