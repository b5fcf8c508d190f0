import type { Page } from "@playwright/test";

import { Inspector } from "../pages/inspector.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";
import { ownProject, startStudio, type TestProject } from "../support/studio-host.ts";

const file = "pipelines/clean.yml";
const clean = "kind: transform\nname: clean\ntransform: |\n  select 1 as one\n";

const tillProject = (): Promise<TestProject> => ownProject({ "headrace.yml": "name: till\n", [file]: clean });

const openCode = async (page: Page, url: string): Promise<Inspector> => {
  const studio = new StudioPage(page);
  const inspector = new Inspector(page);
  await studio.open(url);
  await studio.canvas.select("transform.clean");
  await inspector.show("Code");
  return inspector;
};

const offer = (page: Page) => page.getByRole("region", { name: "Text that was not saved" });

// A browser that loses its host says so in its console, so that what it complains of is not asked for here.
test("a text that stands against the file's survives a killed host, and is decided about afterwards", async ({
  browser,
}) => {
  test.slow();
  await using project = await tillProject();
  const page = await browser.newPage();
  {
    await using host = await startStudio(project.root);
    const inspector = await openCode(page, host.url);
    const editor = inspector.editor("SQL");
    await expect(editor).toContainText("1 as one");
    await host.whileAsleep(async () => {
      await inspector.write(editor, "select 2 as mine");
      await project.write(file, clean.replace("1 as one", "1 as theirs"));
    });
    await expect(inspector.content).toContainText("was changed elsewhere while you were editing it");
    await host.kill();
  }
  await page.goto("about:blank");

  await using again = await startStudio(project.root);
  const inspector = await openCode(page, again.url);
  await expect(offer(page)).toContainText("You had unsaved text in transform.clean");
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.screenshot({ path: "test-results/pictures/drafts.png" });
  await offer(page).getByRole("button", { name: "See the difference" }).click();
  await expect(inspector.content.getByRole("textbox", { name: "The file as it is now" })).toContainText("theirs");
  await expect(inspector.content.getByRole("textbox", { name: "Your text" })).toContainText("2 as mine");
  expect(await project.read(file)).toContain("1 as theirs");
  // Until it is decided about it is asked again.
  await page.reload();
  await expect(offer(page)).toBeVisible();
  await offer(page).getByRole("button", { name: "Restore" }).click();
  await inspector.content.getByRole("button", { name: "Keep mine" }).click();
  await expect.poll(() => project.read(file)).toContain("select 2 as mine");
  await expect(offer(page)).toHaveCount(0);
  await page.reload();
  await page.getByRole("option", { name: /clean/ }).first().waitFor();
  await expect(offer(page)).toHaveCount(0);
  await page.close();
});

test("a text that was typed while the engine was gone is kept by the browser", async ({ browser }) => {
  test.slow();
  await using project = await tillProject();
  const page = await browser.newPage();
  let kept: Record<string, string> = {};
  {
    await using host = await startStudio(project.root);
    const inspector = await openCode(page, host.url);
    await expect(inspector.editor("SQL")).toContainText("1 as one");
    await host.kill();
    await inspector.write(inspector.editor("SQL"), "select 3 as alone");
    await expect(inspector.content).toContainText("Not saved");
    await expect
      .poll(async () => {
        kept = await page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));
        return JSON.stringify(kept);
      })
      .toContain("3 as alone");
  }
  await page.goto("about:blank");

  await using again = await startStudio(project.root);
  await openCode(page, again.url);
  await expect(offer(page)).toContainText("You had unsaved text in transform.clean");
  await offer(page).getByRole("button", { name: "Restore" }).click();
  await expect.poll(() => project.read(file)).toContain("select 3 as alone");
  await expect(offer(page)).toHaveCount(0);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes("draft")))).toEqual([]);

  await page.evaluate((items) => Object.assign(localStorage, items), kept);
  await project.write(file, clean);
  await page.reload();
  await offer(page).getByRole("button", { name: "Discard" }).click();
  await expect(offer(page)).toHaveCount(0);
  expect(await project.read(file)).toBe(clean);
  await page.close();
});
