// What a person does who has no mouse: every way about the window is pressed, and it complains of any pointer.

import { join } from "node:path";

import { StudioPage } from "../pages/studio-page.ts";
import { expect, test } from "../support/fixtures.ts";
import { Keyboard } from "../support/keyboard.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";
import { tillFiles } from "../support/till-files.ts";

test("Tab leads around the whole window: each stop is seen, named and marked, and F6 goes from part to part", async ({
  page,
  complaints,
}) => {
  test.slow();
  await using project = await ownProject(tillFiles);
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

test("keys are changed, a column renamed everywhere, and a conflict settled", async ({ page, complaints }) => {
  test.slow();
  await using project = await ownProject(tillFiles);
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
