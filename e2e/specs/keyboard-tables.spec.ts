// Connections, targets, runs and rows without a mouse: every way is pressed, and the window complains of any pointer.

import { readFile } from "node:fs/promises";

import { StudioPage } from "../pages/studio-page.ts";
import { expect, test } from "../support/fixtures.ts";
import { Keyboard } from "../support/keyboard.ts";
import { ownServerUrl, psql } from "../support/own-server.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";
import { tillFiles, transform } from "../support/till-files.ts";

test("a connection is written, tested, looked into and removed", async ({ page, complaints }) => {
  await using project = await ownProject(tillFiles);
  const url = new URL(await ownServerUrl(project.root));
  await psql(project.root, "create table public.held as select 1 as id");
  await using host = await startStudio(project.root, { HOUSE_PASSWORD: decodeURIComponent(url.password) });
  const studio = new StudioPage(page);
  const keyboard = new Keyboard(page);
  await keyboard.alone();
  await studio.open(host.url);
  await keyboard.command("Show Connections");
  await expect(studio.sideBar.getByRole("tab", { name: "Connections" })).toBeFocused();

  await test.step("a new one", async () => {
    await keyboard.choose(studio.sideBar.getByRole("button", { name: "Add a connection" }));
    const form = page.getByRole("form", { name: "New connection" });
    await expect(form.getByLabel("Name", { exact: true })).toBeFocused();
    await keyboard.type("house");
    await keyboard.fill(form.getByLabel("Host"), url.hostname);
    await keyboard.fill(form.getByLabel("Port"), url.port);
    await keyboard.fill(form.getByLabel("Database"), url.pathname.slice(1));
    await keyboard.fill(form.getByLabel("User"), decodeURIComponent(url.username));
    await keyboard.pick(form.getByLabel("Password"), "An env");
    await keyboard.fill(form.getByLabel("Variable"), "HOUSE_PASSWORD");
    await keyboard.press("Enter");
    await expect.poll(() => project.read("profiles.yml").catch(() => "")).toContain("${HOUSE_PASSWORD}");
    await expect(studio.sideBar.locator(":focus")).toHaveCount(1);
  });
  const card = studio.sideBar.getByRole("listitem", { name: "house" });
  await test.step("it answers, and shows its tables", async () => {
    await keyboard.choose(card.getByRole("button", { name: "Test" }));
    await expect(card.getByRole("status")).toContainText(/PostgreSQL 18\S* answered in/);
    await keyboard.choose(card.getByRole("button", { name: "Tables", exact: true }));
    await keyboard.choose(card.getByRole("button", { name: "Add public.held as source" }));
    await expect(studio.canvas.card("source.held")).toBeVisible();
  });
  await test.step("it is changed, and removed", async () => {
    await keyboard.command("Show Connections");
    await keyboard.choose(card.getByRole("button", { name: "Edit" }));
    await keyboard.tabTo(page.getByLabel(/^Production/));
    await keyboard.press("Space", "Enter");
    await expect.poll(() => project.read("profiles.yml")).toContain("production: true");
    await keyboard.choose(card.getByRole("button", { name: "Remove" }));
    await expect(card).toHaveCount(0);
    await expect.poll(() => project.read("profiles.yml").catch(() => "")).not.toContain("house");
    await expect(studio.sideBar.locator(":focus")).toHaveCount(1);
  });
  await test.step("a server that went away: a sentence and what to do", async () => {
    const own = studio.sideBar.getByRole("listitem", { name: "default" });
    await keyboard.choose(own.getByRole("button", { name: "Stop" }), "Shift+Tab");
    await expect(own).toContainText("does not run");
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

test("a table is written by key, read back, and the two runs compared", async ({ page, complaints }) => {
  test.slow();
  await using project = await ownProject(tillFiles);
  await ownServerUrl(project.root);
  await psql(project.root, "create table public.orders (id integer primary key, amount numeric(18,2), note text)");
  await psql(project.root, "insert into public.orders values (2, 1.00, 'old'), (7, 7, 'theirs')");
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const keyboard = new Keyboard(page);
  await keyboard.alone();
  await studio.open(host.url);
  const { content } = studio.bottom;
  const form = page.getByRole("form", { name: "Target of transform.orders" });
  const views = page.locator(".materialize-views");

  await test.step("the node, its connection, table, mode and key", async () => {
    await keyboard.command("transform.orders");
    await keyboard.press("Control+m");
    await expect(page.getByRole("tab", { name: "Materialize" })).toBeFocused();
    await keyboard.choose(content.getByRole("button", { name: "Run it without writing" }));
    await expect(form).toBeVisible();
    await expect(content.locator(":focus")).toHaveCount(1);
    await keyboard.pick(form.getByLabel("Write to"), "default");
    await keyboard.fill(form.getByLabel("Table", { exact: true }), "public.orders");
    await keyboard.pick(form.getByLabel("What to do with the rows that are there"), "Update by key");
    await keyboard.tabTo(form.getByRole("checkbox", { name: "id", exact: true }));
    await keyboard.press("Space");
    await expect(form).toContainText("Unique in all 2 rows");
  });
  await test.step("a dry run, then the run, and the rows", async () => {
    await keyboard.choose(form.getByRole("button", { name: "Dry run" }));
    await expect(views).toContainText("+1 new");
    await expect(views).toContainText("~1 changed");
    await keyboard.choose(form.getByRole("button", { name: "Materialize" }));
    await expect(views).toContainText("0 failed in");
    await expect(views.getByRole("row", { name: /theirs/ })).toBeVisible();
    expect(await psql(project.root, "select string_agg(note, ',' order by id) from public.orders")).toContain(
      "new,till,theirs",
    );
  });
  await test.step("the past runs, two side by side, and one in full", async () => {
    await keyboard.command("Show Run");
    await keyboard.tabTo(
      page.getByRole("tablist", { name: "Plan, run or run history" }).getByRole("tab", { selected: true }),
    );
    await keyboard.press("End");
    const history = page.locator("#run-view-panel");
    const ticks = history.getByRole("checkbox");
    for (const at of [0, 1]) {
      await keyboard.tabTo(ticks.nth(at));
      await keyboard.press("Space");
      await expect(ticks.nth(at)).toBeChecked();
    }
    await keyboard.choose(history.getByRole("button", { name: "Compare the two" }), "Shift+Tab");
    const back = history.getByRole("button", { name: "Back to the list" });
    await expect(back).toBeFocused();
    await expect(history).toContainText("of 1 node");
    await keyboard.press("Enter");
    await expect(history.locator(":focus")).toHaveCount(1);
    await keyboard.choose(history.getByRole("button", { name: /^\d{4}-/ }).last());
    await expect(back).toBeFocused();
    await expect(history).toContainText("1 ran");
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

test("rows are sorted, filtered, searched, copied, looked at and exported; a query is asked and charted", async ({
  page,
  context,
  complaints,
}) => {
  test.slow();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await using project = await ownProject({
    "headrace.yml": "name: rows\n",
    "pipelines/many.yml": transform(
      "many",
      "select range as id, range % 3 as k, 'name ' || range as name, {'a': [range]} as nested from range(300)",
    ),
  });
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const keyboard = new Keyboard(page);
  await keyboard.alone();
  await studio.open(host.url);
  const { table, content } = studio.bottom;
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await keyboard.press("F5");
  await studio.canvas.expectState("transform.many", "ok");
  await keyboard.command("transform.many");
  await keyboard.press("Space");
  await expect(table.coverage).toHaveText("all 300 rows");

  await test.step("sorted from the header, filtered from the column's card", async () => {
    await keyboard.command("Show Preview");
    await keyboard.tabTo(table.grid);
    await keyboard.press("ArrowRight", "ArrowUp", "Enter");
    await expect(table.head("k")).toHaveAttribute("aria-sort", "ascending");
    await keyboard.press("Alt+ArrowDown");
    const card = table.card("k");
    await keyboard.tabTo(card.getByRole("combobox", { name: "Condition" }));
    await keyboard.press("Home");
    await keyboard.fill(card.getByRole("textbox", { name: "Value" }), "2");
    await keyboard.press("Enter");
    await expect(table.coverage).toHaveText("100 of 300 rows");
    await expect(table.grid).toBeFocused();
  });
  await test.step("searched, and a range copied", async () => {
    await keyboard.press("Control+f");
    await keyboard.type("name 29");
    await keyboard.press("Enter");
    await expect(table.coverage).toHaveText("5 of 300 rows");
    await expect(table.grid).toBeFocused();
    await keyboard.press("Control+Home", "Shift+ArrowRight", "Shift+ArrowDown");
    await keyboard.choose(table.area.getByRole("button", { name: "Copy" }), "Shift+Tab");
    await expect(page.getByRole("menuitem", { name: "Copy as TSV" })).toBeFocused();
    await keyboard.press("ArrowDown", "Enter");
    await expect.poll(copied).toBe("id,k\n29,2\n290,2");
    await expect(table.area.getByRole("button", { name: "Copy" })).toBeFocused();
  });
  await test.step("exported as it is seen", async () => {
    const download = page.waitForEvent("download");
    await keyboard.choose(table.area.getByRole("button", { name: "Export" }));
    await expect(page.getByRole("menuitem", { name: "CSV" })).toBeFocused();
    await keyboard.press("Enter");
    const text = await readFile(await (await download).path(), "utf8");
    expect(text.trimEnd().split("\n").length).toBe(6);
  });
  await test.step("a cell is looked at whole, a column hidden, moved and shown again", async () => {
    await keyboard.tabTo(table.grid);
    await keyboard.press("Control+Home", "End", "Enter");
    const cell = content.getByRole("complementary", { name: "Cell" });
    await expect(cell).toContainText("a:");
    await keyboard.choose(cell.getByRole("button", { name: "Close" }));
    await expect(table.grid).toBeFocused();
    await keyboard.press("Home", "Alt+ArrowDown");
    await keyboard.choose(table.card("id").getByRole("button", { name: "Move right" }));
    await expect.poll(() => table.columns()).toEqual(["k", "id", "name", "nested"]);
    await keyboard.choose(table.card("id").getByRole("button", { name: "Hide" }));
    await expect.poll(() => table.columns()).toEqual(["k", "name", "nested"]);
    await expect(table.grid).toBeFocused();
    await keyboard.choose(content.getByRole("button", { name: "1 hidden" }), "Shift+Tab");
    await expect.poll(() => table.columns()).toEqual(["k", "id", "name", "nested"]);
    await expect(content.locator(":focus")).toHaveCount(1);
  });
  await test.step("a query, its mistake and its chart", async () => {
    await keyboard.command("Show Query");
    const editor = page.getByRole("textbox", { name: "SQL over the nodes' tables" });
    await keyboard.tabTo(editor);
    await keyboard.type("select k, count(*) as rows from transform.many group by all");
    await keyboard.press("Escape", "Control+Enter");
    await expect(table.coverage).toHaveText("all 3 rows");
    await expect(editor).toBeFocused();
    await keyboard.press("Escape");
    await keyboard.choose(content.getByRole("button", { name: "Chart" }));
    await expect(content.getByRole("img", { name: "rows by k, 3 rows" })).toBeVisible();
    await keyboard.pick(content.getByLabel("Kind"), "Lines");
    await expect(content.getByRole("img")).toBeVisible();
    await keyboard.command("Show Query");
    await keyboard.choose(content.getByRole("button", { name: "Earlier queries" }));
    await expect(page.getByRole("menuitem", { name: /^select k/ })).toBeFocused();
    await keyboard.press("Escape");
    await expect(content.getByRole("button", { name: "Earlier queries" })).toBeFocused();
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});
