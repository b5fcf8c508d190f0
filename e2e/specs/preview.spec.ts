import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { StudioPage } from "../pages/studio-page.ts";
import type { TableGrid } from "../pages/table-grid.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";
import { ownProject, startStudio, type TestProject } from "../support/studio-host.ts";

const transform = (name: string, sql: string): string =>
  `kind: transform\nname: ${name}\ntransform: |\n${sql.replaceAll(/^/gm, "  ")}\n`;

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Opens a project whose nodes have run, and looks at one of them. */
const openTable = async (page: Page, project: TestProject, url: string, id: string): Promise<StudioPage> => {
  void project;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const studio = new StudioPage(page);
  await studio.open(url);
  await studio.canvas.card(id).waitFor();
  await page.keyboard.press("F5");
  await expect(studio.canvas.card(id)).toHaveAttribute("data-state", "ok", { timeout: 90_000 });
  await studio.canvas.select(id);
  await studio.bottom.show("Preview");
  return studio;
};

/** Presses Tab until the table has the focus, as a person without a mouse does. */
const tabTo = async (page: Page, { grid }: TableGrid): Promise<void> => {
  for (let presses = 0; presses < 60; presses++) {
    if (await grid.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(grid).toBeFocused();
};

test("ten million rows: any of them, sorted, filtered, copied, exported, made a node", async ({ page, complaints }) => {
  // Ten million rows are made, sorted and searched, on machines that do other things too.
  test.slow();
  await using project = await ownProject({
    "headrace.yml": "name: large\n",
    "pipelines/big.yml": transform(
      "big",
      "select range as id, range % 1000 as k, 'name ' || (range % 7) as name from range(10000000)",
    ),
  });
  await using host = await startStudio(project.root);
  const studio = await openTable(page, project, host.url, "transform.big");
  const { table } = studio.bottom;
  await expect(table.coverage).toHaveText("all 10,000,000 rows");
  expect(await table.grid.getByRole("row").count()).toBeGreaterThanOrEqual(11);

  await test.step("the wheel reaches the last row, one turn a few rows", async () => {
    await table.cell(5, 1).hover();
    await page.mouse.wheel(0, 100);
    await expect(table.cell(6, 1)).toHaveText("5");
    await page.mouse.wheel(0, 1_000_000_000);
    await expect(table.cell(10_000_000, 1)).toHaveText("9999999");
    await studio.picture("preview-last-of-ten-million");
  });

  await test.step("a click sorts all of them, another one the other way", async () => {
    await table.head("k").getByText("k", { exact: true }).click();
    await expect(table.head("k")).toHaveAttribute("aria-sort", "ascending");
    await table.settled();
    await expect(table.cell(1, 1)).toHaveText("0", { timeout: 60_000 });
    await expect(table.cell(2, 1)).toHaveText("1000");
    await table.head("k").getByText("k", { exact: true }).click();
    await expect(table.cell(1, 2)).toHaveText("999", { timeout: 60_000 });
  });

  await test.step("a filter says of how many rows it shows how many", async () => {
    const card = await table.openColumn("k");
    await card.getByRole("combobox", { name: "Condition" }).selectOption("is");
    await card.getByRole("textbox", { name: "Value" }).fill("5");
    await card.getByRole("button", { name: "Filter" }).click();
    await expect(table.coverage).toHaveText("10,000 of 10,000,000 rows", { timeout: 60_000 });
    await expect(table.chips.first()).toHaveText("k = 5");
    await expect(table.cell(1, 1)).toHaveText("5");
  });

  await test.step("what is selected is copied, what is viewed exported", async () => {
    await table.cell(1, 1).click();
    await table.cell(2, 3).click({ modifiers: ["Shift"] });
    await table.area.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("menuitem", { name: "Copy as CSV" }).click();
    await expect.poll(() => clipboard(page)).toBe("id,k,name\n5,5,name 5\n1005,5,name 4");
    const download = page.waitForEvent("download");
    await table.area.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "CSV" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("transform.big.csv");
    const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\n");
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([10_001, "id,k,name", "9999005,5,name 2"]);
  });

  await test.step("the filter becomes a node, and undo takes it back", async () => {
    await table.area.getByRole("button", { name: "Make this a node" }).click();
    await expect(studio.canvas.card("transform.big_view")).toBeVisible();
    expect(await project.read("pipelines/big_view.yml")).toContain('where "k" = 5');
    await studio.canvas.box.focus();
    await page.keyboard.press("Control+z");
    await expect(studio.canvas.card("transform.big_view")).toHaveCount(0);
  });

  await test.step("the same with the keyboard alone", async () => {
    await studio.command("transform.big");
    await expect(table.coverage).toHaveText("all 10,000,000 rows");
    await tabTo(page, table);
    await page.keyboard.press("Control+End");
    await expect(table.cell(10_000_000, 3)).toHaveText("name 2");
    await expect(table.cell(10_000_000, 3)).toHaveClass(/active/);
    await page.keyboard.press("Control+Home");
    await expect(table.cell(1, 1)).toHaveText("0");
    for (const key of ["ArrowRight", "ArrowUp", "Enter", "Enter"]) await page.keyboard.press(key);
    await expect(table.head("k")).toHaveAttribute("aria-sort", "descending");
    await table.settled();
    await expect(table.cell(1, 2)).toHaveText("999", { timeout: 60_000 });
    await page.keyboard.press("Alt+ArrowDown");
    const card = table.card("k");
    await expect(card.getByRole("button", { name: "Ascending" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(table.grid).toBeFocused();
    await page.keyboard.press("Control+f");
    await page.keyboard.type("name 6");
    await page.keyboard.press("Enter");
    await expect(table.coverage).toContainText("1,428,571 of 10,000,000 rows", { timeout: 60_000 });
    await expect(table.grid).toBeFocused();
    await page.keyboard.press("ArrowDown");
    for (const key of ["Shift+ArrowRight", "Control+c"]) await page.keyboard.press(key);
    await expect.poll(() => clipboard(page)).toMatch(/^k\tname\n\d+\tname 6$/);
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

const before = transform(
  "prices",
  "select * from (values (1, 'a', 1.00), (2, 'b', 2.00), (3, 'c', 3.00)) t(id, name, price)",
);
const after = transform(
  "prices",
  "select * from (values (1, 'a', 1.50), (3, 'c', 3.00), (4, 'd', 4.00)) t(id, name, price)",
);
const odd = transform(
  "odd",
  `select {'a': 1, 'b': [1, 2, null]} as nested, null::integer as nothing, '' as blank, '  ' as spaces,
  9007199254740993 as big, 12345678901234567890123456789012345678::decimal(38, 0) as wide, 1.10::decimal(38, 2) as money,
  '10:00:00+02'::timetz as tz, 'nan'::double as x, '\\x00\\xFF'::blob as bytes, repeat('long ', 200000) as long`,
);

test("what a node reads, gives and moved; a cell, whole; columns as they were left", async ({ page, complaints }) => {
  await using project = await ownProject({
    "headrace.yml": "name: small\n",
    "pipelines/prices.yml": before,
    "pipelines/odd.yml": odd,
    "pipelines/dear.yml": transform("dear", "select * from transform.prices where price > 1.2"),
  });
  await using host = await startStudio(project.root);
  const studio = await openTable(page, project, host.url, "transform.dear");
  const { table, content } = studio.bottom;

  await test.step("In is what the node reads", async () => {
    await expect(table.coverage).toHaveText("all 2 rows");
    await content.getByRole("button", { name: "In", exact: true }).click();
    await expect(table.coverage).toHaveText("all 3 rows");
    await expect(content.getByRole("combobox", { name: "Input" })).toHaveValue("transform.prices");
  });

  await test.step("Diff is what moved since the last different output", async () => {
    await studio.canvas.select("transform.prices");
    await page.keyboard.press("d");
    await expect(content.getByRole("status")).toContainText("no earlier output");
    await project.write("pipelines/prices.yml", after);
    await studio.canvas.expectState("transform.prices", "stale");
    await page.keyboard.press("F5");
    await studio.canvas.expectState("transform.prices", "ok");
    await studio.bottom.show("Preview");
    await expect(content).toContainText("+1 −1 ~1");
    await expect(content).toContainText("Rows are the same row by: id");
    await expect.poll(() => table.texts(0)).toEqual(["changed", "1", "a", "1.50", "1.00"]);
    expect(await accessibilityProblems(page, ".area-bottom")).toEqual([]);
    await studio.picture("preview-diff");
    await content.getByRole("button", { name: "Out", exact: true }).click();
  });

  await test.step("values are told apart, and exact", async () => {
    await studio.canvas.select("transform.odd");
    await expect
      .poll(async () => (await table.texts(0)).slice(0, 10))
      .toEqual([
        "{'a': 1, 'b': [1, 2, NULL]}",
        "NULL",
        "",
        "  ",
        "9007199254740993",
        "12345678901234567890123456789012345678",
        "1.10",
        "10:00:00+02",
        "nan",
        "\\x00\\xFF",
      ]);
    await expect(table.cell(1, 3)).toHaveAccessibleName("empty text");
    await expect(table.cell(1, 4)).toHaveAccessibleName("2 blanks");
    await table.cell(1, 1).dblclick();
    const inspector = content.getByRole("complementary", { name: "Cell" });
    await expect(inspector).toContainText("a: 1");
    await table.grid.focus();
    await page.keyboard.press("End");
    await expect(inspector).toContainText("1,000,000 characters");
    await page.keyboard.press("ArrowLeft");
    await expect(inspector).toContainText("00 ff");
    expect(await accessibilityProblems(page, ".area-bottom")).toEqual([]);
    await studio.picture("preview-cell");
    await inspector.getByRole("button", { name: "Close" }).click();
  });

  await test.step("columns are frozen, hidden and moved, and stay so", async () => {
    await table.grid.focus();
    await page.keyboard.press("Home");
    const card = await table.openColumn("spaces");
    expect(await accessibilityProblems(page, ".area-bottom")).toEqual([]);
    await card.getByRole("button", { name: "Freeze", exact: true }).click();
    await page.keyboard.press("Escape");
    await (await table.openColumn("nothing")).getByRole("button", { name: "Hide" }).click();
    const order = ["spaces", "nested", "blank", "big", "wide", "money", "tz", "x", "bytes", "long"];
    await expect.poll(() => table.columns()).toEqual(order);
    await page.reload();
    await studio.canvas.select("transform.odd");
    await expect.poll(() => table.columns()).toEqual(order);
    await content.getByRole("button", { name: "1 hidden" }).click();
    await expect.poll(async () => (await table.columns()).length).toBe(11);
  });

  await test.step("SQL that is edited shows its rows before it is run", async () => {
    await studio.canvas.select("transform.dear");
    await expect(table.coverage).toHaveText("all 3 rows");
    await studio.inspector.getByRole("tab", { name: "Code" }).click();
    await studio.inspector.getByRole("textbox").first().click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" limit 2");
    await expect(content).toContainText("Draft of transform.dear");
    await expect(table.coverage).toHaveText("all 2 rows");
    await content.getByRole("button", { name: "Back to the output" }).click();
    await expect(table.coverage).toHaveText("all 3 rows");
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

test("tables of an odd shape, and one that is made anew while it is looked at", async ({ page, complaints }) => {
  const columns = Array.from({ length: 2000 }, (_value, at) => `r + ${at} as c${at}`).join(", ");
  await using project = await ownProject({
    "headrace.yml": "name: odd\n",
    "pipelines/wide.yml": transform("wide", `select ${columns} from range(300) t(r)`),
    "pipelines/none.yml": transform("none", 'select 1 as a, 2 as "A b" where false'),
    "pipelines/again.yml": transform("again", "select range as n from range(5000)"),
  });
  await using host = await startStudio(project.root);
  const studio = await openTable(page, project, host.url, "transform.wide");
  const { table, content } = studio.bottom;

  await test.step("two thousand columns", async () => {
    await expect(table.coverage).toHaveText("all 300 rows");
    await table.cell(1, 1).click();
    await page.keyboard.press("Control+End");
    await expect(table.cell(300, 2000)).toHaveText("2298");
    expect(await table.grid.getByRole("gridcell").count()).toBeLessThan(400);
  });
  await test.step("no rows", async () => {
    await studio.canvas.select("transform.none");
    await expect(table.coverage).toHaveText("all 0 rows");
    await expect.poll(() => table.columns()).toEqual(["a", "A b"]);
    await expect(content).toContainText("The table has no rows");
  });
  await test.step("a table that is made anew", async () => {
    await studio.canvas.select("transform.again");
    await expect(table.coverage).toHaveText("all 5,000 rows");
    await table.cell(1, 1).click();
    await page.keyboard.press("Control+End");
    await expect(table.cell(5000, 1)).toHaveText("4999");
    await project.write("pipelines/again.yml", transform("again", "select range * 2 as n from range(400)"));
    await studio.canvas.expectState("transform.again", "stale");
    await page.keyboard.press("F5");
    await studio.canvas.expectState("transform.again", "ok");
    await studio.bottom.show("Preview");
    await expect(table.coverage).toHaveText("all 400 rows");
    await table.grid.focus();
    await page.keyboard.press("Control+End");
    await expect(table.cell(400, 1)).toHaveText("798");
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});
