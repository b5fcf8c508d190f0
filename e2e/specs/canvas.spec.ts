import { DrawnCanvas } from "../pages/drawn-canvas.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";

const orders = "source.orders";
const totals = "transform.order_totals";
const daily = "transform.daily_sales";
const first = "transform.first_orders";

test("by mouse: what is only drawn is selected, lassoed, dragged, grouped, noted and found", async ({
  studio,
  project,
  page,
}) => {
  test.slow();
  const { canvas, inspector } = studio;
  const drawn = new DrawnCanvas(page, canvas);
  const saved = (): Promise<string> => project.read("canvas.yml").catch(() => "");
  await expect(canvas.card(orders)).toBeVisible();

  await test.step("from afar no card is an element, and each can be selected and dragged", async () => {
    let place = { x: 0, y: 0 };
    let whole = "";
    // In its first moments a window still lays out and fits: who missed the card for that aims again.
    await expect(async () => {
      await canvas.box.focus();
      await page.keyboard.press("1");
      const near = await drawn.middle(orders);
      whole = /\d+ %/.exec(await studio.statusBar.innerText())?.[0] ?? "";
      const after = await drawn.zoomOut(10);
      await expect(canvas.card(daily)).toHaveCount(0);
      place = after(near);
      await drawn.click(place);
      await drawn.expectAt(orders);
    }).toPass({ timeout: 60_000 });
    await expect(inspector).toContainText("orders");
    const { x, y } = place;
    await drawn.drag({ x, y }, { x: x - 60, y: y + 30 });
    await expect.poll(saved).toContain(`${orders}: [`);
    await drawn.lasso({ x: x - 200, y: y - 120 }, { x: x + 300, y: y + 200 });
    await expect(inspector).toContainText("8 nodes are selected");
    await studio.picture("canvas-far");
    await canvas.box.focus();
    await page.keyboard.press("Control+z");
    await expect.poll(saved).not.toContain(`${orders}: [`);
    // The file is back at once, the card a moment later: only then does everything fit as before.
    await expect(async () => {
      await page.keyboard.press("1");
      await expect(studio.statusBar).toContainText(whole, { timeout: 1000 });
    }).toPass({ timeout: 60_000 });
    await expect(canvas.card(daily)).toBeVisible();
  });

  await test.step("an edge under the pointer offers to insert a node", async () => {
    const middle = await drawn.edgeMiddle(orders, totals);
    await page.mouse.move(middle.x, middle.y);
    const plus = page.getByRole("button", { name: `Insert a node between ${orders} and ${totals}` });
    await expect(plus).toBeVisible();
    await drawn.click({ x: middle.x + 22, y: middle.y + 19 });
    await canvas.box.focus();
    await page.keyboard.press("Escape");
  });

  await test.step("a group's frame moves its cards", async () => {
    await canvas.card(daily).click();
    await canvas.card(first).click({ modifiers: ["Shift"] });
    await studio.command("Group the selected nodes");
    await drawn.groupTitle.fill("Reports");
    await page.keyboard.press("Enter");
    await expect.poll(saved).toContain('"title":"Reports"');
    const before = await drawn.middle(daily);
    const title = await drawn.titleOver(daily);
    await drawn.drag(title, { x: title.x - 30, y: title.y - 40 });
    await expect.poll(async () => Math.round((await drawn.middle(daily)).y - before.y)).toBe(-40);
    await expect.poll(saved).toContain(`${first}: [`);
    await studio.picture("canvas-group");
  });

  await test.step("the outline lists groups and notes", async () => {
    await studio.command("Add a note");
    await drawn.note.fill("Refunds are taken off downstream.");
    await canvas.card(totals).click();
    await expect.poll(saved).toContain("Refunds are taken off");
    await studio.sideBar.getByRole("tab", { name: "Outline" }).click();
    await studio.sideBar.getByRole("button", { name: "Collapse the group: Reports" }).click();
    await expect(canvas.card(daily)).toHaveCount(0);
    await studio.sideBar.getByRole("button", { name: "Open the group: Reports" }).click();
    await expect(canvas.card(daily)).toBeVisible();
    await studio.sideBar.getByRole("button", { name: /^Refunds/ }).click();
    await page.getByRole("button", { name: "Remove this note" }).click();
    await expect.poll(saved).not.toContain("Refunds");
  });

  await test.step("the overview map looks elsewhere", async () => {
    await canvas.box.focus();
    await page.keyboard.press("1");
    await expect(drawn.minimap).toBeHidden();
    for (let step = 0; step < 4; step++) await page.keyboard.press("Control+=");
    await expect(drawn.minimap).toBeVisible();
    await drawn.minimap.click({ position: { x: 10, y: 60 } });
    await expect(canvas.card("source.order_items")).toBeInViewport();
    await drawn.minimap.click({ position: { x: 180, y: 60 } });
    await expect(canvas.card(daily)).toBeInViewport();
  });
});

test("by keyboard alone: the same, and every part of it is heard", async ({ studio, project, page }) => {
  test.slow();
  const { canvas } = studio;
  const drawn = new DrawnCanvas(page, canvas);
  const saved = (): Promise<string> => project.read("canvas.yml").catch(() => "");
  const type = (words: string): Promise<void> => page.keyboard.type(words);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await expect(canvas.card(orders)).toBeVisible();
  await canvas.box.focus();

  await test.step("a search dims the rest and walks its matches", async () => {
    await press("Control+f");
    await expect(drawn.find).toBeFocused();
    await type("+daily_sales,kind:source");
    await expect.poll(() => drawn.dimmed()).toContain(totals);
    await press("Enter");
    await expect(page.getByText("1 of 3")).toBeVisible();
    await studio.picture("canvas-find");
    expect(await accessibilityProblems(page, ".canvas-area")).toEqual([]);
    await drawn.find.fill("orders");
    await press("Enter", "Escape");
    await expect(canvas.box).toBeFocused();
    await expect.poll(() => drawn.dimmed()).toEqual([]);
  });

  await test.step("from afar the card that the keys are at is heard, and moved", async () => {
    await drawn.zoomOut(10);
    await press("ArrowRight", "ArrowLeft");
    await expect(drawn.heard.getByRole("option")).toHaveCount(1);
    await press("Alt+ArrowDown");
    await expect.poll(saved).toContain("[");
    await press("Control+z");
    await press("1");
  });

  await test.step("edges are walked and heard", async () => {
    await press("Control+k");
    await type(totals);
    await press("Enter");
    await drawn.expectAt(totals);
    await press("e");
    await expect(drawn.heard.last()).toHaveText(/^Connection from source\.\w+ to transform\.order_totals$/);
    await expect(canvas.box).toHaveAttribute("aria-activedescendant", "heard-edge");
    await press("Escape");
  });

  await test.step("nodes are grouped, collapsed and opened", async () => {
    await press("Control+f");
    await type("daily_sales first_orders");
    await expect.poll(() => drawn.dimmed()).toContain(totals);
    await press("Alt+Enter");
    await expect(canvas.box).toBeFocused();
    await press("Control+g");
    await expect(drawn.groupTitle).toBeFocused();
    await type("Reports");
    await press("Enter");
    await expect.poll(saved).toContain('"title":"Reports"');
    await press("Alt+c");
    await expect.poll(saved).toContain('"collapsed":true');
    await expect(drawn.heard.getByRole("option")).toHaveCount(1);
    await studio.picture("canvas-collapsed");
    await press("Alt+c");
    await expect.poll(saved).toContain('"collapsed":false');
    await press("Control+Shift+g");
    await expect.poll(saved).not.toContain("Reports");
  });

  await test.step("a note is written, and undone", async () => {
    await press("n");
    await expect(drawn.note).toBeFocused();
    await type("Orders come from the till.");
    await press("Escape");
    await expect(canvas.box).toBeFocused();
    await expect.poll(saved).toContain("Orders come from the till.");
    await press("Control+z");
    await expect.poll(saved).not.toContain("till");
  });

  await test.step("all nodes are laid out in one step that is undone", async () => {
    await press("Escape", "Shift+a");
    await expect.poll(saved).toContain(`${first}: [`);
    await press("Control+z");
    await expect.poll(saved).not.toContain(`${first}: [`);
    expect(await accessibilityProblems(page, ".canvas-area")).toEqual([]);
  });
});
