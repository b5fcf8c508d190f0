import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { Authoring, type LargeFile } from "../pages/authoring.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { accessibilityProblems, expect, test } from "../support/fixtures.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const flightsOfJanuary = join(import.meta.dirname, "../../examples/nyc-flights/data/flights/2013-01.parquet");

const flights: LargeFile = {
  name: "flights.csv",
  header: "number,from,day,delay",
  parts: [
    { line: '9007199254740993,"New York, JFK",2024-02-29,12', times: 120_000 },
    { line: "9007199254740994,LAX,2024-03-01,not known", times: 3 },
  ],
};

/** Keeps every sentence that says what the rows shown are of, from now on. */
const listenToCoverage = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heardCoverage: heard });
    const look = (): void => {
      const words = document.querySelector(".area-bottom .coverage")?.textContent ?? "";
      if (words !== "" && heard.at(-1) !== words) heard.push(words);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

const heardCoverage = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (window as unknown as { readonly heardCoverage: readonly string[] }).heardCoverage);

test("a dropped CSV shows its first rows, then all of them, where one was looking", async ({ page }) => {
  test.slow();
  await using project = await ownProject({ "headrace.yml": "name: dropped\n" });
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  await studio.open(host.url);
  const hands = new Authoring(page);
  const { canvas, bottom } = studio;
  const { table } = bottom;

  await test.step("one gesture: rows that say what they are of, before the source was run", async () => {
    await listenToCoverage(page);
    await hands.dropLarge(canvas.box, flights);
    await expect(table.cell(1, 1)).toHaveText("9007199254740993");
    await expect(table.cell(1, 2)).toHaveText("New York, JFK");
    await table.cell(3, 2).click();
    await expect(table.coverage).toHaveText("all 120,003 rows");
    const [first] = await heardCoverage(page);
    expect(first).toBe("first 1,000 rows of flights.csv; the exact count follows");
    await expect(table.cell(3, 2)).toHaveAttribute("aria-selected", "true");
    await canvas.expectState("source.flights", "ok");
    await expect(canvas.card("source.flights")).toHaveAttribute("aria-selected", "true");
  });

  await test.step("a file that is damaged far down shows its rows, and says where", async () => {
    const damaged = {
      ...flights,
      name: "damaged.csv",
      parts: [
        { line: "1,a,2024-01-01,2", times: 2000 },
        { line: "1,a", times: 1 },
      ],
    };
    await hands.dropLarge(canvas.box, damaged);
    await expect(page.getByRole("alert").filter({ hasText: "data/damaged.csv, line 2002" }).first()).toBeVisible();
    await canvas.expectState("source.damaged", "failed");
    await canvas.select("source.damaged");
    await bottom.show("Preview");
    await expect(table.coverage).toHaveText("first 1,000 rows of damaged.csv; a run reads all of them");
    await expect(table.cell(1, 2)).toHaveText("a");
  });

  await test.step("by keyboard alone: a table that is pasted", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(() => navigator.clipboard.writeText("name,amount\nAda,1.10\nBo,\n"));
    await canvas.box.focus();
    await page.keyboard.press("ControlOrMeta+v");
    await canvas.expectState("source.pasted", "ok");
    await expect(table.coverage).toHaveText("all 2 rows");
    await expect(table.cell(2, 1)).toHaveText("Bo");
  });
});

test("a dropped file has a card at once, and can be left out", async ({ page }) => {
  test.slow();
  await using project = await ownProject({ "headrace.yml": "name: coming\n" });
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  await studio.open(host.url);
  const hands = new Authoring(page);
  const { canvas } = studio;
  const small = (name: string): LargeFile => ({ name, header: "id,name", parts: [{ line: "7,Ada", times: 3 }] });
  const release = await hands.holdFiles();

  await hands.dropLarge(canvas.box, small("first.csv"));
  await expect(hands.coming("first.csv")).toContainText("coming in");
  await expect(page.getByRole("status").filter({ hasText: "first.csv is coming in." })).toBeAttached();
  const [card, box] = [await hands.coming("first.csv").boundingBox(), await canvas.box.boundingBox()];
  const middle = (of: typeof card): number => (of?.x ?? 0) + (of?.width ?? 0) / 2;
  expect(Math.abs(middle(card) - middle(box))).toBeLessThan(2);
  await hands.dropLarge(canvas.box, small("second.csv"));
  await expect(hands.coming("second.csv")).toBeVisible();
  expect(await accessibilityProblems(page, ".canvas-area")).toEqual([]);

  await page.getByRole("button", { name: "Leave first.csv out" }).focus();
  await page.keyboard.press("Enter");
  await expect(hands.coming("first.csv")).toBeHidden();
  await expect(canvas.box).toBeFocused();
  await release();
  await canvas.expectState("source.second", "ok");
  await expect(hands.coming("second.csv")).toBeHidden();
  await expect(canvas.card("source.second")).toHaveCount(1);
  await expect(canvas.card("source.first")).toHaveCount(0);
  expect(await readdir(join(project.root, "data"))).toEqual(["second.csv"]);
  await expect.poll(() => readdir(join(project.root, "target", "uploads"))).toEqual([]);
});

test("whatever is dropped at once becomes sources beside each other, or says why not", async ({ page }) => {
  test.slow();
  await using project = await ownProject({
    "headrace.yml": "name: several\n",
    "given/orders.csv": "id,name\n7,Ada\n",
    "given/other/orders.csv": "id,city\n1,Oslo\n2,Riga\n",
    "given/damaged.csv": `a,b\n${"1,2\n".repeat(2000)}1\n`,
    "given/items.json": '[{"id": 9007199254740993}]',
    "given/events.jsonl": '{"day": "2024-02-29"}\n{"day": null}\n',
    "given/one two é.tsv": "x\ty\n1\t2\n",
    "given/empty.csv": "",
    "given/empty.parquet": "",
    "given/cut.parquet": "PAR1 and no more",
    "given/README": "no ending",
    "given/folder.csv/inside.csv": "a\n1\n",
  });
  await copyFile(flightsOfJanuary, join(project.root, "given", "rows.parquet"));
  const given = [
    "orders.csv",
    "folder.csv",
    "other/orders.csv",
    "damaged.csv",
    "items.json",
    "events.jsonl",
    "one two é.tsv",
    "empty.csv",
    "README",
    "empty.parquet",
    "cut.parquet",
    "rows.parquet",
  ];
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  await studio.open(host.url);
  const hands = new Authoring(page);
  const { canvas } = studio;
  const release = await hands.holdFiles();
  await hands.dropPaths(canvas.box, ...given.map((file) => join(project.root, "given", file)));

  await test.step("a card each at once", async () => {
    await expect(page.locator("[data-coming]")).toHaveCount(given.length);
    await release();
    await expect(page.locator("[data-coming]")).toHaveCount(0, { timeout: 60_000 });
  });

  await test.step("one message of those that are no sources, one of those that cannot be read yet", async () => {
    const [refused, damaged] = [studio.messages.nth(1), studio.messages.nth(0)];
    await expect(studio.messages).toHaveCount(2);
    await expect(refused).toContainText(
      "2 of 12 files did not become sources: folder.csv cannot be read: it is a folder",
    );
    await expect(refused).toContainText("README has no ending that tells its format");
    await expect(damaged).toContainText(
      "2 of 12 files became sources that cannot be read yet: data/damaged.csv, line 2002",
    );
    await expect(damaged).toContainText("data/empty.csv is empty");
    expect((await readdir(join(project.root, "data"))).toSorted()).toEqual(
      [
        "cut.parquet",
        "damaged.csv",
        "empty.csv",
        "empty.parquet",
        "events.jsonl",
        "items.json",
        "one two é.tsv",
        "orders (1).csv",
        "orders.csv",
        "rows.parquet",
      ].toSorted(),
    );
  });

  await test.step("each whole one is read, whatever the others are", async () => {
    await canvas.box.focus();
    await page.keyboard.press("1");
    for (const name of ["orders", "orders_1", "items", "events", "one_two", "rows"]) {
      await canvas.expectState(`source.${name}`, "ok");
    }
    for (const name of ["damaged", "empty", "empty_2", "cut"]) await canvas.expectState(`source.${name}`, "failed");
  });

  await test.step("no card covers another, and all of them are one step of the history", async () => {
    const cards = page.locator(".flow [data-node]");
    await expect(cards).toHaveCount(10);
    const boxes = await cards.evaluateAll((found) =>
      found.map((card) => card.getBoundingClientRect().toJSON() as DOMRect),
    );
    for (const [at, one] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        const isApart = Math.abs(one.x - other.x) >= one.width || Math.abs(one.y - other.y) >= one.height;
        expect(isApart, "two cards lie on each other").toBe(true);
      }
    }
    await page.keyboard.press("ControlOrMeta+z");
    await expect(page.locator(".canvas [data-node]")).toHaveCount(0);
  });
});

test("a source that never ran shows its beginning; running it keeps the place", async ({ page }) => {
  test.slow();
  await using project = await ownProject({
    "headrace.yml": "name: unrun\n",
    "pipelines/late.yml": "kind: source\nname: late\nsource: csv\ntable: data/late.csv\n",
    "data/late.csv": `n,t\n${Array.from({ length: 1200 }, (_none, row) => `${row + 1},x\n`).join("")}none,x\n`,
  });
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  await studio.open(host.url);
  const { canvas, bottom } = studio;
  const { table } = bottom;
  await canvas.select("source.late");
  await bottom.show("Preview");
  await expect(table.coverage).toHaveText("first 1,000 rows of late.csv; a run reads all of them");
  await expect(table.area.getByText("provisional")).toBeVisible();
  await expect(table.area.getByRole("button", { name: "Export" })).toBeDisabled();
  expect(await accessibilityProblems(page, ".area-bottom")).toEqual([]);

  await table.cell(1, 1).click();
  await page.keyboard.press("Control+End");
  await expect(table.cell(1000, 1)).toHaveText("1000");
  const run = table.area.getByRole("button", { name: "Run it" });
  await run.focus();
  await page.keyboard.press("Enter");
  await expect(table.coverage).toHaveText("all 1,201 rows");
  await expect(table.area.getByText("provisional")).toBeHidden();
  await expect(table.cell(1000, 1)).toHaveText("1000");
  await expect(table.cell(1000, 2)).toHaveAttribute("aria-selected", "true");
  await expect(table.head("n")).toContainText("VARCHAR");

  // In a small window what stands above the rows is one line.
  await page.setViewportSize({ width: 1280, height: 800 });
  const middle = async (name: string): Promise<number> => {
    const box = await table.area.getByRole("button", { name }).boundingBox();
    return box === null ? Number.NaN : box.y + box.height / 2;
  };
  await expect.poll(async () => Math.abs((await middle("Export")) - (await middle("Out")))).toBeLessThan(8);
});

test("a file that is dropped before the window can take it is taken when it can", async ({ page }) => {
  await using project = await ownProject({ "headrace.yml": "name: early\n" });
  await using host = await startStudio(project.root);
  const { promise: isDropped, resolve: dropped } = Promise.withResolvers<void>();
  await page.route(/authoring-layer/, async (route) => {
    await isDropped;
    await route.continue();
  });
  await page.goto(host.url);
  const { canvas, bottom } = new StudioPage(page);
  await expect(canvas.box).toBeVisible();
  await new Authoring(page).dropLarge(canvas.box, {
    name: "early.csv",
    header: "id,name",
    parts: [{ line: "7,Ada", times: 3 }],
  });
  dropped();
  await expect(bottom.table.cell(1, 2)).toHaveText("Ada");
  await canvas.expectState("source.early", "ok");
});
