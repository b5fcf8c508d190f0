import type { Page } from "@playwright/test";

import { Inspector } from "../pages/inspector.ts";
import { LineagePanel } from "../pages/lineage-panel.ts";
import { RunPanel } from "../pages/run-panel.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { expect, looks, problemsInEveryLook, test } from "../support/fixtures.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const transform = (name: string, sql: string): string => `kind: transform\nname: ${name}\ntransform: |\n  ${sql}\n`;

const files = {
  "headrace.yml": "name: views\n",
  "pipelines/base.yml": transform(
    "base",
    "select range as id, 'n' || range as name, {'a': [1, null]} as nested, null as gone, '\\x00'::blob as bytes from range(40)",
  ),
  "pipelines/next.yml": `${transform("next", "select id, name from transform.base where id < 9")}description: The first nine.\ntags: [gold]\n`,
  "pipelines/last.yml": transform("last", "select count(*) as n from transform.next"),
  "pipelines/scored.py":
    "from headrace import transform\n\n@transform(name='scored', inputs=['transform.next'])\ndef scored(ctx):\n    return ctx.ref('transform.next')\n",
  "pipelines/odd.yml": "kind: transform\nname: odd\ntransfrm: select 1 as one\n",
  "canvas.yml": `positions:
  transform.base: [0, 0]
  transform.next: [320, 0]
  transform.last: [640, 0]
  transform.odd: [0, 220]
groups:
  g1: {"title":"Reports","nodes":["transform.next","transform.last"],"collapsed":false}
notes:
  n1: {"text":"Where it begins","x":0,"y":-180,"width":220,"height":90}
`,
};

/** Looks at one view after another, and tells what is wrong with all of them at once. */
class Views {
  readonly #page: Page;
  readonly #found: string[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  async look(view: string, part: string): Promise<void> {
    await test.step(view, async () => {
      for (const problem of await problemsInEveryLook(this.#page, part)) this.#found.push(`${view}: ${problem}`);
    });
  }

  get found(): readonly string[] {
    return [...new Set(this.#found)];
  }
}

test("canvas, side bar, inspector and pages: no barrier in any look", async ({ page, complaints }) => {
  test.slow();
  await using project = await ownProject(files);
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const inspector = new Inspector(page);
  const views = new Views(page);
  await studio.open(host.url);
  const { canvas } = studio;
  await canvas.select("transform.next");
  await studio.bottom.show("Problems");
  await views.look("canvas with nodes, a group and a note", ".shell");

  await page.emulateMedia({ ...looks[3] });
  await expect(page.locator("html")).toHaveAttribute("data-contrast", "more");
  await studio.picture("canvas-dark-high-contrast");

  await canvas.box.focus();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("kind:transform");
  await page.keyboard.press("Enter");
  await views.look("find bar", ".canvas-area");
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await page.keyboard.type("join");
  await views.look("quick add", "dialog.chooser");
  await page.keyboard.press("Escape");
  await canvas.card("transform.next").click({ button: "right" });
  await views.look("menu of a card", "dialog.chooser");
  await page.keyboard.press("Escape");
  await canvas.box.focus();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "New name of next" }).waitFor();
  await views.look("name of a card", ".rename");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+F2");
  await page.getByRole("textbox", { name: "Title of the group" }).waitFor();
  await views.look("title of a group", ".canvas-area");
  await page.keyboard.press("Escape");
  await canvas.box.focus();
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Note", exact: true }).waitFor();
  await views.look("a note", ".canvas-area");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("next");
  await views.look("command palette", ".command-palette");
  await page.keyboard.press("Escape");

  await canvas.select("transform.next");
  for (const tab of ["Outline", "Palette", "Project", "Connections"]) {
    await studio.sideBar.getByRole("tab", { name: tab }).click();
    await views.look(tab, ".area-left");
  }
  await studio.sideBar.getByRole("button", { name: "Add a connection" }).click();
  await page.getByRole("form", { name: "New connection" }).getByLabel("Password").selectOption("A secret of mine");
  await views.look("connection form", ".area-left");

  for (const tab of ["Settings", "Columns", "Runs", "Notes"] as const) {
    await inspector.show(tab);
    await views.look(tab, ".area-right");
  }
  const lineage = new LineagePanel(page);
  await lineage.open();
  await lineage.column("id").click();
  await lineage.content.getByRole("button", { name: "Rename everywhere" }).click();
  await page.keyboard.type("key");
  await expect(lineage.content).toContainText("undone in one step");
  await views.look("Lineage", ".area-right");
  await page.keyboard.press("Escape");
  await lineage.content.getByRole("button", { name: "Show all nodes" }).click();

  await inspector.show("Code");
  await inspector.write(inspector.editor("SQL"), "select idd, name from transform.base");
  await expect(inspector.underlined).toHaveText("idd");
  await views.look("SQL editor with an error", ".area-right");
  await expect.poll(() => project.read("pipelines/next.yml")).toContain("idd");
  await host.whileAsleep(async () => {
    await project.write("pipelines/next.yml", transform("next", "select 1 as theirs"));
    await inspector.write(inspector.editor("SQL"), "select 2 as mine");
  });
  await inspector.content.getByRole("button", { name: "Keep mine" }).waitFor();
  await views.look("two versions of a text", ".area-right");
  await inspector.content.getByRole("button", { name: "Take the file's" }).click();
  await canvas.select("transform.scored");
  await expect(inspector.editor("Python")).toBeVisible();
  await views.look("Python editor", ".area-right");
  await canvas.select("transform.odd");
  await expect(inspector.editor("YAML")).toBeVisible();
  await views.look("YAML editor of a broken file", ".area-right");

  await page.keyboard.press("Control+,");
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
  await views.look("settings", ".settings-page");
  await page.getByRole("button", { name: "Show and change keys" }).click();
  await page
    .getByRole("dialog", { name: "Keyboard shortcuts" })
    .getByRole("button", { name: "Change the keys of Add a node" })
    .first()
    .click();
  await views.look("keys", ".keys-page");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");

  await studio.command("Run everything that is stale");
  await studio.messages.first().waitFor();
  await views.look("what could not be done", ".messages");
  await page.goto("about:blank");
  expect(views.found).toEqual([]);
  expect(complaints).toEqual([]);
});

test("everything below the canvas: no barrier in any look", async ({ page, complaints }) => {
  test.slow();
  const { "pipelines/odd.yml": _odd, "pipelines/scored.py": _code, ...sound } = files;
  await using project = await ownProject(sound);
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const views = new Views(page);
  const runs = new RunPanel(page);
  const { canvas, bottom } = studio;
  await studio.open(host.url);
  await canvas.select("transform.next");
  await views.look("Preview before the first run", ".area-bottom");
  await page.getByRole("tab", { name: "Materialize" }).click();
  await views.look("Materialize before the first run", ".area-bottom");
  await bottom.show("Run");
  await expect(runs.content).toContainText("3 nodes would run");
  await views.look("plan", ".area-bottom");
  await page.keyboard.press("F5");
  await expect(bottom.content).toContainText("3 ran, 0 cached, 0 failed", { timeout: 60_000 });
  await views.look("run", ".area-bottom");

  await project.write(
    "pipelines/next.yml",
    transform("next", "select id, name || '!' as name from transform.base where id > 2"),
  );
  await canvas.expectState("transform.next", "stale");
  await page.keyboard.press("F5");
  await canvas.expectState("transform.next", "ok");
  await runs.show("History");
  await runs.content.getByRole("checkbox").nth(0).check();
  await runs.content.getByRole("checkbox").nth(1).check();
  await views.look("past runs", ".area-bottom");
  await runs.content.getByRole("button", { name: "Compare the two" }).click();
  await expect(runs.row(/transform\.next/).first()).toBeVisible();
  await views.look("two runs", ".area-bottom");
  for (const tab of ["Problems", "Logs"] as const) {
    await bottom.show(tab);
    await views.look(tab, ".area-bottom");
  }
  await page.getByRole("tab", { name: "Materialize" }).click();
  await page.getByRole("form", { name: "Target of transform.next" }).waitFor();
  await views.look("Materialize", ".area-bottom");
  await page.locator("#bottom-tab-history").click();
  await views.look("History", ".area-bottom");

  await bottom.show("Preview");
  await bottom.content.getByRole("button", { name: "Diff", exact: true }).click();
  await expect(bottom.content).toContainText("Rows are the same row by");
  await views.look("Diff", ".area-bottom");
  await bottom.content.getByRole("button", { name: "In", exact: true }).click();
  await expect(bottom.table.coverage).toHaveText("all 40 rows");
  await views.look("In", ".area-bottom");
  await bottom.content.getByRole("button", { name: "Out", exact: true }).click();
  await canvas.select("transform.base");
  const { table } = bottom;
  await expect(table.coverage).toHaveText("all 40 rows");
  const card = await table.openColumn("id");
  await expect(card).toContainText("Counted from");
  await views.look("all about a column", ".area-bottom");
  await page.keyboard.press("Escape");
  await table.head("name").getByText("name", { exact: true }).click();
  await table.cell(1, 2).click({ modifiers: ["Shift"] });
  await table.area.getByRole("button", { name: "Copy" }).click();
  await views.look("rows, sorted and selected, with a menu", ".area-bottom");
  await page.keyboard.press("Escape");
  for (const column of [2, 3]) {
    await table.cell(1, column).dblclick();
    await expect(bottom.content.getByRole("complementary", { name: "Cell" })).toBeVisible();
    await views.look(`a cell of column ${column}`, ".area-bottom");
  }

  await bottom.show("Query");
  const editor = page.getByRole("textbox", { name: "SQL over the nodes' tables" });
  await views.look("Query before the first question", ".area-bottom");
  await editor.fill("select name, id from transform.base limit 5");
  await editor.press("Control+Enter");
  await expect(table.coverage).toHaveText("all 5 rows");
  await views.look("Query", ".area-bottom");
  await bottom.content.getByRole("button", { name: "Chart" }).click();
  await expect(bottom.content.getByRole("img")).toBeVisible();
  await views.look("chart", ".area-bottom");

  await canvas.box.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(page.locator(".canvas-area")).toContainText("This pipeline has no nodes yet");
  await views.look("empty canvas", ".shell");
  await page.goto("about:blank");
  expect(views.found).toEqual([]);
  expect(complaints).toEqual([]);
});
