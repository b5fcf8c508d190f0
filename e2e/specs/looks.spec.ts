import { Inspector } from "../pages/inspector.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { expect, problemsInEveryLook, test } from "../support/fixtures.ts";
import { Keyboard } from "../support/keyboard.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const transform = (name: string, sql: string): string => `kind: transform\nname: ${name}\ntransform: |\n  ${sql}\n`;
const files = {
  "headrace.yml": "name: looks\n",
  "pipelines/few.yml": transform("few", "select range as id from range(3)"),
  "pipelines/many.yml": transform("many", "select range as id from range(40)"),
};

// The browser says in its console that the line broke.
test("an engine that is gone: told in every look, and tried again by keyboard", async ({ browser }) => {
  await using project = await ownProject(files);
  await using host = await startStudio(project.root);
  const page = await browser.newPage({ viewport: { width: 1024, height: 700 } });
  const keyboard = new Keyboard(page);
  const studio = new StudioPage(page);
  await studio.open(host.url);
  await studio.canvas.card("transform.few").waitFor();
  await host.kill();
  const banner = page.getByRole("alert").filter({ hasText: "no longer there" });
  await expect(banner).toContainText("Start it again");
  expect(await problemsInEveryLook(page, ".shell")).toEqual([]);
  await keyboard.tabTo(banner.getByRole("button", { name: "Try again now" }));
  await page.goto("about:blank");
  await page.close();
});

test("of several selected nodes the last one is previewed, or any that is chosen", async ({ page, complaints }) => {
  await using project = await ownProject(files);
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const inspector = new Inspector(page);
  const { canvas, bottom } = studio;
  await studio.open(host.url);
  await canvas.card("transform.few").waitFor();
  await page.keyboard.press("F5");
  await expect(bottom.content).toContainText("2 ran, 0 cached, 0 failed");
  await bottom.show("Preview");
  await canvas.select("transform.few");
  await canvas.card("transform.many").click({ modifiers: ["Shift"] });
  await expect(bottom.content).toContainText("2 nodes are selected");
  await expect(bottom.table.coverage).toHaveText("all 40 rows");
  await page.getByLabel("Which of the selected nodes is shown").selectOption("transform.few");
  await expect(bottom.table.coverage).toHaveText("all 3 rows");
  await expect(canvas.card("transform.many")).toHaveAttribute("aria-selected", "true");
  await inspector.show("Settings");
  expect(await problemsInEveryLook(page, ".shell")).toEqual([]);
  await inspector.content.getByRole("button", { name: "transform.many" }).click();
  await expect(inspector.area.locator(".inspector-head")).toContainText("many");
  await expect(canvas.card("transform.few")).toHaveAttribute("aria-selected", "false");
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

test("two versions of a text: both and their buttons are within the inspector", async ({ page, complaints }) => {
  await using project = await ownProject(files);
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const inspector = new Inspector(page);
  await studio.open(host.url);
  // Other views bring their own looks with them.
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await studio.canvas.select("transform.few");
  await inspector.show("Code");
  await expect(inspector.editor("SQL")).toContainText("range(3)");
  await host.whileAsleep(async () => {
    await project.write("pipelines/few.yml", transform("few", "select 1 as theirs"));
    await inspector.write(inspector.editor("SQL"), "select 2 as mine");
  });
  for (const name of ["Keep mine", "Take the file's"]) {
    await expect(inspector.content.getByRole("button", { name })).toBeInViewport({ ratio: 1 });
  }
  await inspector.content.getByRole("button", { name: "Take the file's" }).click();
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});
