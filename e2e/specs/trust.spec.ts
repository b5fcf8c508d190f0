import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { StudioPage } from "../pages/studio-page.ts";
import { expect, problemsInEveryLook, test } from "../support/fixtures.ts";
import { Keyboard } from "../support/keyboard.ts";
import { exampleProject, startStudio } from "../support/studio-host.ts";

test("a project from elsewhere opens restricted, is looked at, trusted and run; by keyboard alone", async ({
  page,
  complaints,
}) => {
  const home = await mkdtemp(join(tmpdir(), "headrace-e2e-trust-"));
  try {
    await using project = await exampleProject("shop");
    await using host = await startStudio(project.root, { HEADRACE_HOME: home }, { trusted: false });
    const studio = new StudioPage(page);
    const keyboard = new Keyboard(page);
    await keyboard.alone();
    await studio.open(host.url);
    const banner = page.getByRole("region", { name: "Restricted project" });
    await expect(banner).toContainText("This project is open restricted.");
    await expect(studio.sideBar).toContainText("order_totals");

    await page.keyboard.press("F5");
    await expect(studio.messages).toContainText("is open restricted: nothing of it is run");
    await keyboard.choose(banner.getByRole("button", { name: "What is off?" }));
    await expect(banner).toContainText("connections to databases");
    expect(await problemsInEveryLook(page, ".shell")).toEqual([]);
    await studio.picture("restricted");

    await keyboard.choose(banner.getByRole("button", { name: "Trust this project" }));
    await expect(banner).toHaveCount(0);
    await expect(studio.statusBar).toContainText("8 stale");
    await studio.command("source.orders");
    await page.keyboard.press("Control+Enter");
    await expect(studio.bottom.content).toContainText("1 ran, 0 cached, 0 failed");
    await page.goto("about:blank");
    expect(complaints).toEqual([]);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
