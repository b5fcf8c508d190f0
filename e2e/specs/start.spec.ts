import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { StudioPage } from "../pages/studio-page.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";
import { startStudio } from "../support/studio-host.ts";

test("a first project is made from nothing, run, and found again", async ({ page, complaints }) => {
  const home = await mkdtemp(join(tmpdir(), "headrace-e2e-home-"));
  try {
    await using host = await startStudio(home, { HOME: home, HEADRACE_HOME: join(home, ".headrace") });
    const studio = new StudioPage(page);
    await page.goto(host.url);
    const start = page.getByRole("main", { name: "Start a pipeline" });
    await expect(start.getByRole("button", { name: "Try the sample" })).toBeVisible();
    await studio.picture("start-page");
    expect(await accessibilityProblems(page)).toEqual([]);

    await start.getByRole("button", { name: "New project" }).click();
    await start.getByRole("textbox", { name: "Name" }).fill("first");
    expect(await accessibilityProblems(page)).toEqual([]);
    await start.getByRole("button", { name: "Create here" }).click();
    await expect(studio.canvas.card("source.orders")).toBeVisible();
    await studio.canvas.select("transform.daily_sales");
    await studio.bottom.content.getByRole("button", { name: "Run it" }).click();
    // Its rows come where they were asked for.
    await expect(studio.bottom.content).toContainText(/all \d+ rows/, { timeout: 30_000 });
    await studio.canvas.expectState("transform.daily_sales", "ok");
    expect(await readFile(join(home, "first/headrace.yml"), "utf8")).toContain("first");

    await page.reload();
    await expect(studio.canvas.card("source.orders")).toBeVisible();

    const again = await page.context().newPage();
    await again.goto(host.url);
    await again.getByRole("button", { name: join(home, "first") }).click();
    await expect(again.getByRole("option", { name: /^orders/ })).toBeVisible();
    await again.close();
    await page.goto("about:blank");
    expect(complaints).toEqual([]);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
