import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { StudioPage } from "../pages/studio-page.ts";
import { expect, problemsInEveryLook, test } from "../support/fixtures.ts";
import { Keyboard } from "../support/keyboard.ts";
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
    expect(await problemsInEveryLook(page, ".shell")).toEqual([]);

    await start.getByRole("button", { name: "New project" }).click();
    await start.getByRole("textbox", { name: "Name" }).fill("first");
    expect(await problemsInEveryLook(page, ".shell")).toEqual([]);
    await start.getByRole("button", { name: "Create here" }).click();
    await expect(studio.canvas.card("source.orders")).toBeVisible();
    await studio.canvas.select("transform.daily_sales");
    await studio.bottom.content.getByRole("button", { name: "Run it" }).click();
    // Its rows come where they were asked for.
    await expect(studio.bottom.content).toContainText(/all \d+ rows/);
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

test("new, open, recent and the sample; by keyboard alone", async ({ page, complaints }) => {
  const home = await mkdtemp(join(tmpdir(), "headrace-e2e-home-"));
  try {
    await using host = await startStudio(home, { HOME: home, HEADRACE_HOME: join(home, ".headrace") });
    const studio = new StudioPage(page);
    const keyboard = new Keyboard(page);
    await keyboard.alone();
    await page.goto(host.url);
    const start = page.getByRole("main", { name: "Start a pipeline" });
    await test.step("a new project", async () => {
      await keyboard.choose(start.getByRole("button", { name: "New project" }));
      const chooser = start.getByRole("form", { name: "New project" });
      await expect(chooser.locator(":focus")).toHaveCount(1);
      await keyboard.fill(chooser.getByRole("textbox", { name: "Name" }), "first");
      await keyboard.press("Enter");
      await expect(studio.canvas.card("source.orders")).toBeVisible();
      await expect(studio.canvas.box).toBeFocused();
    });
    const other = await page.context().newPage();
    const hands = new Keyboard(other);
    await hands.alone();
    const offers = other.getByRole("main", { name: "Start a pipeline" });
    const canvas = other.getByRole("listbox", { name: "Pipeline" });
    await test.step("opened from its folder", async () => {
      await other.goto(host.url);
      await hands.choose(offers.getByRole("button", { name: "Open a folder" }));
      const chooser = offers.getByRole("form", { name: "Open a folder" });
      await hands.choose(chooser.getByRole("button", { name: /^first/ }));
      await hands.choose(chooser.getByRole("button", { name: "Open this folder" }));
      await expect(canvas).toBeFocused();
    });
    await other.close();
    for (const button of [join(home, "first"), "Try the sample"]) {
      await test.step(button === "Try the sample" ? button : "the recent one", async () => {
        const next = await page.context().newPage();
        const third = new Keyboard(next);
        await third.alone();
        await next.goto(host.url);
        await third.choose(next.getByRole("button", { name: button }));
        await expect(next.getByRole("listbox", { name: "Pipeline" })).toBeFocused();
        await expect(next.getByRole("option").first()).toBeAttached();
        await next.close();
      });
    }
    await page.goto("about:blank");
    expect(complaints).toEqual([]);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
