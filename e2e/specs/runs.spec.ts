import { RunPanel } from "../pages/run-panel.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";
import { descendants, isAlive } from "../support/processes.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const node = (name: string, sql: string): string => `kind: transform\nname: ${name}\ntransform: ${sql}\n`;
const endless = "select count(*) as n from range(100000000) a, range(10000000) b where a.range % 7 = b.range % 11";

test("a plan, a run with a failure, its retry, and two runs side by side", async ({ page, complaints }) => {
  await using project = await ownProject({
    "headrace.yml": "name: shop\n",
    "pipelines/a.yml": node("a", "select range as id from range(3)"),
    "pipelines/b.yml": node("b", "select 10 // (count(*) - 3) as n, error('no rows') as x from transform.a"),
    "pipelines/c.yml": node("c", "select * from transform.b"),
  });
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const panel = new RunPanel(page);
  await studio.open(host.url);
  await studio.bottom.show("Run");
  await expect(panel.content).toContainText("3 nodes would run");
  await expect(panel.row(/transform\.a/)).toContainText("never ran");

  await test.step("what failed says why, with one button to try again", async () => {
    await page.keyboard.press("F5");
    await expect(studio.bottom.content).toContainText("1 failed");
    await studio.canvas.expectState("transform.b", "failed");
    await studio.canvas.expectState("transform.c", "skipped");
    const failures = panel.content.getByRole("region", { name: "What failed" });
    await expect(failures).toContainText("transform.b");
    await expect(page.getByRole("status").filter({ hasText: "Run failed: transform.b" })).toHaveCount(1);
    await studio.picture("run-failed");
    expect(await accessibilityProblems(page, ".area-bottom")).toEqual([]);
    await studio.command("Theme: dark");
    expect(await accessibilityProblems(page, ".area-bottom")).toEqual([]);
    await studio.picture("run-failed-dark");
    await studio.bottom.show("Problems");
    await expect(studio.bottom.content).toContainText("last run");
    await expect(studio.bottom.content).toContainText("no rows");
    expect(await accessibilityProblems(page, ".area-bottom")).toEqual([]);
    await studio.command("Theme: as the system");
    await studio.bottom.show("Run");
    await project.write("pipelines/b.yml", node("b", "select count(*) as n from transform.a"));
    await expect(studio.canvas.card("transform.b")).toHaveAttribute("data-state", /stale|failed/);
    await failures.getByRole("button", { name: "Retry what failed" }).click();
    await expect(studio.bottom.content).toContainText("0 failed");
    await expect(panel.row(/transform\.c/)).toContainText("1");
  });

  await test.step("history lists both, and says what the second did otherwise", async () => {
    await panel.show("History");
    await expect(panel.content.getByRole("row")).toHaveCount(3);
    const ticks = panel.content.getByRole("checkbox");
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    await panel.content.getByRole("button", { name: "Compare the two" }).click();
    await expect(panel.row(/transform\.b/)).toContainText("Failed → OK");
    await studio.picture("runs-compared");
    expect(await accessibilityProblems(page, ".area-bottom")).toEqual([]);
    await panel.content.getByRole("button", { name: "Back to the list" }).click();
    await panel.content
      .getByRole("button", { name: /^\d{4}-/ })
      .last()
      .click();
    await expect(panel.row(/transform\.c/)).toContainText("Skipped");
  });
  await test.step("what is asked for again and has not changed is cached", async () => {
    await studio.canvas.select("transform.a");
    await page.keyboard.press("Control+Enter");
    await studio.canvas.expectState("transform.a", "cached");
  });
  await page.goto("about:blank");
  expect(complaints).toEqual([]);
});

test("cancel shows at once and leaves no process; by mouse and by keyboard alone", async ({ page }) => {
  await using project = await ownProject({
    "headrace.yml": "name: shop\n",
    "pipelines/slow.yml": node("slow", endless),
    "pipelines/after.yml": node("after", "select * from transform.slow"),
  });
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  await studio.open(host.url);
  await page.keyboard.press("F5");
  await studio.canvas.expectState("transform.slow", "running");
  await studio.canvas.expectState("transform.after", "queued");
  await page.getByRole("button", { name: "Cancel the run" }).first().click();
  await expect(studio.bottom.content).toContainText("Cancelled: 0 ran, 0 cached, 0 failed");
  await studio.canvas.expectState("transform.slow", "cancelled");

  await page.keyboard.press("F5");
  await studio.canvas.expectState("transform.slow", "running");
  const working = descendants(host.process.pid ?? 0);

  await page.keyboard.press("Shift+F5");
  await expect(studio.bottom.content.getByRole("status").filter({ hasText: /Cancelling|Cancelled/ })).toBeVisible();
  await expect(studio.bottom.content).toContainText(/Cancelled: 0 ran, 0 cached, 0 failed, .*1 cancelled/);
  await expect(studio.canvas.card("transform.slow")).not.toHaveAttribute("data-state", "running");
  // Hosts that idle may stay for the next run; the one that worked on it has either stopped or gone.
  expect(working.length).toBeGreaterThan(0);
  await host[Symbol.asyncDispose]();
  await expect.poll(() => working.filter(isAlive)).toEqual([]);
  await page.goto("about:blank");
});
