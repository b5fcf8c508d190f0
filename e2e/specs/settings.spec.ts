import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { RunPanel } from "../pages/run-panel.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";
import { Keyboard } from "../support/keyboard.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

test("settings take effect at once and are remembered; by keyboard alone", async ({ page, complaints }) => {
  const home = await mkdtemp(join(tmpdir(), "headrace-e2e-settings-"));
  try {
    await using project = await ownProject({
      "headrace.yml": "name: shop\n",
      "pipelines/a.yml": "kind: transform\nname: a\ntransform: select 1 as one\n",
    });
    await using host = await startStudio(project.root, { HEADRACE_HOME: home });
    const studio = new StudioPage(page);
    const keyboard = new Keyboard(page);
    await keyboard.alone();
    await studio.open(host.url);
    await expect(studio.statusBar).toContainText(/engine [\d,]+ MB/);
    const settings = page.getByRole("dialog", { name: "Settings" });
    await page.keyboard.press("Control+,");
    await expect(settings.getByLabel("Theme")).toBeFocused();
    await expect(settings).toContainText("Headrace sends nothing anywhere");
    await expect(settings).toContainText(project.root);
    expect(await accessibilityProblems(page, ".settings-page")).toEqual([]);
    await keyboard.pick(settings.getByLabel("Theme"), "Dark");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    expect(await accessibilityProblems(page, ".settings-page")).toEqual([]);
    await studio.picture("settings-dark");
    await keyboard.pick(settings.getByLabel("Motion"), "Reduced");
    await keyboard.fill(settings.getByLabel("Nodes at a time in a run"), "1");
    await keyboard.fill(settings.getByLabel("Font of editors and code"), "Noto Sans Mono");
    await page.keyboard.press("Escape");
    await expect(settings).toHaveCount(0);

    await page.keyboard.press("F5");
    await expect(studio.bottom.content).toContainText("1 ran, 0 cached, 0 failed");
    const panel = new RunPanel(page);
    await keyboard.tabTo(panel.views.getByRole("tab", { selected: true }));
    await keyboard.press("End");
    await expect(panel.content).toContainText("--max-workers 1");

    await page.reload();
    await studio.canvas.box.waitFor();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.locator("html")).toHaveAttribute("data-motion", "less");
    await expect(page.locator("html")).toHaveAttribute("style", /Noto Sans Mono/);
    await page.goto("about:blank");
    expect(complaints).toEqual([]);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
