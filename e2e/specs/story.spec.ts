import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Authoring } from "../pages/authoring.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { expect, problemsInEveryLook, test } from "../support/fixtures.ts";
import { runHeadrace } from "../support/run-headrace.ts";
import { startStudio } from "../support/studio-host.ts";

const orders = "order_id,customer_id,amount\n1,10,9007199254740993.10\n2,11,-1.00\n3,10,2.50\n4,12,\n";
const customers = "customer_id,country\n10,SE\n11,DE\n12,FR\n";

test("from an empty folder to rows in PostgreSQL, and back after a kill", async ({ page, context, complaints }) => {
  test.setTimeout(240_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const home = await mkdtemp(join(tmpdir(), "headrace-e2e-story-"));
  const root = join(home, "headrace/orders");
  const environment = { HOME: home };
  const psql = (sql: string): Promise<string> => runHeadrace(root, ["db", "psql", "-c", sql], environment);
  const file = (path: string): Promise<string> => readFile(join(root, path), "utf8");
  try {
    await writeFile(join(home, "orders.csv"), orders);
    await writeFile(join(home, "customers.csv"), customers);
    const host = await startStudio(home, environment);
    const studio = new StudioPage(page);
    const { canvas, bottom } = studio;
    const hands = new Authoring(page);
    await page.goto(host.url);

    await test.step("a CSV dropped on the start page is a pipeline with its rows", async () => {
      const start = page.getByRole("main", { name: "Start a pipeline" });
      await expect(start).toBeVisible();
      await hands.dropFiles(start, join(home, "orders.csv"));
      await expect(canvas.card("source.orders")).toBeVisible({ timeout: 30_000 });
      await expect(bottom.content).toContainText("4 rows");
      expect(await file("pipelines/orders.yml")).toContain("data_type: DECIMAL(38,2)");
      expect(await file("data/orders.csv")).toBe(orders);
    });

    await test.step("filtered by mouse, then written to PostgreSQL: few clicks", async () => {
      await hands.click(hands.palette.getByRole("tab", { name: "Palette" }));
      await hands.click(hands.palette.getByRole("button", { name: /^Filter rows/ }));
      await expect(canvas.card("transform.filtered")).toHaveAttribute("aria-selected", "true");
      expect(await file("pipelines/filtered.yml")).toContain("where amount is not null");
      await hands.click(page.getByTitle("Command palette"));
      await page.keyboard.type("update and insert by key");
      await hands.click(page.getByRole("dialog", { name: "Commands" }).getByRole("option").first());
      await expect.poll(() => file("pipelines/filtered.yml")).toContain("unique_keys:\n      - order_id");
      await hands.click(page.getByRole("button", { name: "Run everything that is stale" }));
      await canvas.expectState("transform.filtered", "ok");
      await expect.poll(() => psql("select count(*) from public.filtered")).toContain("3");
      expect(hands.clicks).toBeLessThanOrEqual(12);
      test.info().annotations.push({ type: "clicks", description: String(hands.clicks) });
    });

    await test.step("joined with a second file, scored in Python, by keyboard alone", async () => {
      await hands.dropFiles(canvas.box, join(home, "customers.csv"));
      await expect(canvas.card("source.customers")).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("transform.filtered");
      await page.keyboard.press("Enter");
      await hands.add("join");
      await hands.choose("customers");
      await expect(canvas.card("transform.joined")).toHaveAttribute("aria-selected", "true");
      await hands.add("python");
      await expect(canvas.card("transform.python")).toHaveAttribute("aria-selected", "true");
      expect(await file("pipelines/python.py")).toBe(
        'def python(ctx):\n    joined = ctx.ref("transform.joined")\n    return joined\n',
      );
      await page.keyboard.press("Control+k");
      await page.keyboard.type("update and insert by key");
      await page.keyboard.press("Enter");
      await expect.poll(() => file("pipelines/python.yml")).toContain("table: public.python");
      await canvas.box.focus();
      await page.keyboard.press("Control+Shift+Enter");
      await canvas.expectState("transform.python", "ok");
      await expect.poll(() => psql("select * from public.python order by 1")).toContain("9007199254740993.10");
      expect(await psql("select order_id, country from public.python order by 1")).toMatch(/1\s*\|\s*SE/);
      await studio.picture("story");
    });

    await test.step("an edit from outside appears, and undo leaves it alone", async () => {
      const before = await file("pipelines/filtered.yml");
      await writeFile(
        join(root, "pipelines/filtered.yml"),
        `# mine\n${before.replace("amount is not null", "amount > 0")}`,
      );
      await expect(canvas.card("transform.filtered")).toContainText("where amount > 0");
      await canvas.select("transform.python");
      await page.keyboard.press("m");
      await canvas.expectState("transform.python", "disabled");
      await page.keyboard.press("Control+z");
      await expect(canvas.card("transform.python")).not.toHaveAttribute("data-state", "disabled");
      expect(await file("pipelines/filtered.yml")).toContain("# mine\n");
    });

    await test.step("a kill loses nothing, the history included", async () => {
      await canvas.box.focus();
      await page.keyboard.press("p");
      await expect.poll(() => file("pipelines/python.yml")).toContain("pinned: true");
      await host.kill();
      await page.goto("about:blank");
      complaints.length = 0;
      await using again = await startStudio(root, environment);
      await studio.open(again.url);
      await expect(canvas.card("transform.python")).toBeVisible();
      await canvas.box.focus();
      const undo = async (read: () => Promise<string>, gone: string): Promise<void> => {
        await page.keyboard.press("Control+z");
        await expect.poll(read).not.toContain(gone);
      };
      await undo(() => file("pipelines/python.yml"), "pinned");
      for (const gone of ["transform.python", "transform.joined", "source.customers"]) {
        // The first step takes back that Python's table is written.
        if (gone === "transform.python") await undo(() => file("pipelines/python.yml"), "public.python");
        await page.keyboard.press("Control+z");
        await expect(canvas.card(gone)).toHaveCount(0);
      }
      const conflict = page.getByRole("dialog", { name: "Somebody else changed this place" });
      for (const wanted of ["where amount is not null", "This step would take the file away."]) {
        await page.keyboard.press("Control+z");
        await expect(conflict).toContainText("# mine");
        await expect(conflict).toContainText(wanted);
        expect(await problemsInEveryLook(page, ".conflict")).toEqual([]);
        await studio.picture("conflict");
        await conflict.getByRole("button", { name: "Keep the file, go past this step" }).click();
        await expect(conflict).toBeHidden();
        await canvas.box.focus();
      }
      await page.keyboard.press("Control+z");
      await expect(canvas.card("source.orders")).toHaveCount(0);
      await canvas.expectState("transform.filtered", "input-missing");
      expect(await file("pipelines/filtered.yml")).toContain("# mine\n");
      await page.goto("about:blank");
      expect(complaints).toEqual([]);
    });
  } finally {
    if (existsSync(root)) await runHeadrace(root, ["db", "stop"], environment);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("a file, a filter and an upsert by keyboard alone: few keys", async ({ page, complaints }) => {
  const home = await mkdtemp(join(tmpdir(), "headrace-e2e-keys-"));
  const root = join(home, "headrace/orders");
  try {
    await writeFile(join(home, "orders.csv"), orders);
    await using host = await startStudio(home, { HOME: home });
    const { canvas } = new StudioPage(page);
    const hands = new Authoring(page);
    await page.goto(host.url);
    const begin = page.getByRole("button", { name: "Start with files" });
    await expect(begin).toBeVisible();
    while (!(await begin.evaluate((button) => button === document.activeElement))) await hands.press("Tab");
    const choosing = page.waitForEvent("filechooser");
    await hands.press("Enter");
    await (await choosing).setFiles(join(home, "orders.csv"));
    await expect(canvas.card("source.orders")).toHaveAttribute("aria-selected", "true");
    await hands.press(".");
    await hands.choose("filter");
    await expect(canvas.card("transform.filtered")).toHaveAttribute("aria-selected", "true");
    await hands.press("Control+k");
    await page.keyboard.type("update and insert by key");
    await hands.press("Enter");
    await expect(canvas.card("transform.filtered").locator(".card-chip")).toBeVisible();
    await hands.press("F5");
    await canvas.expectState("transform.filtered", "ok");
    expect(hands.keys).toBeLessThanOrEqual(25);
    test.info().annotations.push({ type: "keys", description: String(hands.keys) });
    await page.goto("about:blank");
    expect(complaints).toEqual([]);
  } finally {
    if (existsSync(root)) await runHeadrace(root, ["db", "stop"], { HOME: home });
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
