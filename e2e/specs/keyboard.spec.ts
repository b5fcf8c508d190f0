// What a person does who has no mouse: every way is pressed, and the window complains of any pointer.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { StudioPage } from "../pages/studio-page.ts";
import { expect, test } from "../support/fixtures.ts";
import { Keyboard } from "../support/keyboard.ts";
import { ownServerUrl, psql } from "../support/own-server.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const transform = (name: string, sql: string): string => `kind: transform\nname: ${name}\ntransform: |\n  ${sql}\n`;
const orders = (rows: string): string => transform("orders", `select * from (values ${rows}) t(id, amount, note)`);
const files = {
  "headrace.yml": "name: till\n",
  "pipelines/orders.yml": orders("(1, 2.50, 'new'), (2, 4.00, 'till')"),
  "pipelines/dear.yml": transform("dear", "select id, amount as paid from transform.orders where amount > 1"),
};

test("Tab leads around the whole window: each stop is seen, named and marked, and F6 goes from part to part", async ({
  page,
  complaints,
}) => {
  test.slow();
  await using project = await ownProject(files);
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const keyboard = new Keyboard(page);
  await keyboard.alone();
  await studio.open(host.url);
  await keyboard.command("transform.orders");
  await keyboard.press("Control+Shift+Enter");
  await studio.canvas.expectState("transform.orders", "ok");
  await keyboard.press("Space");
  await expect(studio.bottom.table.coverage).toHaveText("all 2 rows");

  await test.step("Tab, with every panel beside the canvas shown once", async () => {
    for (const panel of ["Palette", "Project", "Connections", "Outline"]) {
      await keyboard.command(`Show ${panel}`);
      await expect(studio.sideBar.getByRole("tab", { name: panel })).toBeFocused();
    }
    const stops = await keyboard.around();
    expect(stops.length).toBeGreaterThan(30);
    for (const flaw of ["isSeen", "isNamed", "isMarked"] as const) {
      expect(
        stops.filter((stop) => !stop[flaw]).map(({ what }) => what),
        flaw,
      ).toEqual([]);
    }
    await keyboard.press("Shift+Tab");
  });

  await test.step("F6 and Shift+F6", async () => {
    await keyboard.command("transform.orders");
    const parts = [".area-bottom", ".area-right", ".status-bar", ".tool-bar", ".area-left", ".canvas"];
    for (const part of parts) {
      await keyboard.press("F6");
      await expect(page.locator(`${part}:focus, ${part} :focus`), part).toHaveCount(1);
    }
    await keyboard.press("Shift+F6");
    await expect(page.locator(".area-left :focus")).toHaveCount(1);
  });

  await test.step("an area that is hidden gives the keys back", async () => {
    await keyboard.press("Control+b");
    await expect(studio.sideBar).toBeHidden();
    await expect(studio.canvas.box).toBeFocused();
    await keyboard.press("Control+b");
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

test("a connection is written, tested, looked into and removed", async ({ page, complaints }) => {
  await using project = await ownProject(files);
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
  await using project = await ownProject(files);
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
      page.getByRole("tablist", { name: "Plan, run or history" }).getByRole("tab", { selected: true }),
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

test("keys are changed, a column renamed everywhere, and a conflict settled", async ({ page, complaints }) => {
  test.slow();
  await using project = await ownProject(files);
  await using host = await startStudio(project.root, { HEADRACE_HOME: join(project.root, "home") });
  const studio = new StudioPage(page);
  const keyboard = new Keyboard(page);
  await keyboard.alone();
  await studio.open(host.url);
  const { canvas } = studio;
  const read = (name: string): Promise<string> => project.read(`pipelines/${name}.yml`);

  await test.step("another key disables, and the letter no longer does", async () => {
    await keyboard.press("Shift+?");
    const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await keyboard.fill(keys.getByRole("searchbox", { name: "Filter commands" }), "disable");
    const change = keys.getByRole("button", { name: /^Change the keys of Disable/ });
    await expect(change).toHaveText("M");
    await keyboard.choose(change);
    await expect(change).toHaveAttribute("aria-pressed", "true");
    await keyboard.press("Control+Shift+d");
    await expect(change).toHaveText("Ctrl+Shift+D");
    await expect(change).toBeFocused();
    await keyboard.press("Escape");
    await expect(keys).toHaveCount(0);
    await expect(canvas.box).toBeFocused();
    await keyboard.command("transform.dear");
    await keyboard.press("m", "Control+Shift+d");
    await canvas.expectState("transform.dear", "disabled");
    await page.reload();
    await canvas.expectState("transform.dear", "disabled");
    await keyboard.command("transform.dear");
    await keyboard.press("Control+Shift+d");
    await expect.poll(() => read("dear")).not.toContain("enabled: false");
  });
  await test.step("letters are switched off, and all is as it was", async () => {
    await keyboard.command("Keyboard shortcuts");
    const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await keyboard.tabTo(keys.getByRole("checkbox", { name: "Keys of one letter" }));
    await keyboard.press("Space", "Escape");
    await expect(canvas.box).toBeFocused();
    await keyboard.press("a");
    await expect(page.locator("dialog.chooser")).toHaveCount(0);
    await keyboard.command("Keyboard shortcuts");
    await keyboard.choose(keys.getByRole("button", { name: "Reset all" }));
    await keyboard.press("Escape", "a");
    await expect(page.locator("dialog.chooser")).toBeVisible();
    await keyboard.press("Escape");
  });
  await test.step("a column, everywhere it is used", async () => {
    await keyboard.command("transform.orders");
    await keyboard.command("Show Columns");
    const column = studio.inspector.getByRole("button", { name: /^amount/ });
    await keyboard.tabTo(column);
    await keyboard.press("F2");
    const name = studio.inspector.getByRole("textbox", { name: "New name of amount" });
    await expect(name).toBeFocused();
    await keyboard.type("price");
    await expect(studio.inspector).toContainText("undone in one step");
    await keyboard.press("Enter");
    await expect.poll(() => read("dear")).toContain("price as paid");
    await expect(studio.inspector.locator(":focus")).toHaveCount(1);
  });
  await test.step("what somebody else wrote meanwhile is kept when it is to be undone", async () => {
    await project.write("pipelines/dear.yml", (await read("dear")).replaceAll("price", "cost"));
    await canvas.expectState("transform.dear", "invalid");
    await keyboard.command("transform.orders");
    await keyboard.press("Control+z");
    const conflict = page.getByRole("dialog", { name: "Somebody else changed this place" });
    await expect(conflict).toContainText("cost as paid");
    await keyboard.choose(conflict.getByRole("button", { name: "Leave everything as it is" }));
    await expect(conflict).toHaveCount(0);
    await expect(canvas.box).toBeFocused();
    expect(await read("dear")).toContain("cost as paid");
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});
