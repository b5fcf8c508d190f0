import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { Authoring } from "../pages/authoring.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { expect, test } from "../support/fixtures.ts";
import { ownProject, startStudio, type TestProject } from "../support/studio-host.ts";

const transform = (name: string, input: string): string =>
  `kind: transform\nname: ${name} # kept\ninputs:\n  - ref: ${input}\ntransform: |\n  select * from ref('${input}')\n`;

const files = {
  "headrace.yml": "name: till\n",
  "data/orders.csv": "order_id,customer_id,amount\n1,10,5\n2,11,6\n",
  "data/customers.csv": "customer_id,country\n10,SE\n11,DE\n",
  "pipelines/orders.yml": "kind: source\nname: orders\nsource: csv\ntable: data/orders.csv\n",
  "pipelines/customers.yml": "kind: source\nname: customers\nsource: csv\ntable: data/customers.csv\n",
  "pipelines/paid.yml": transform("paid", "source.orders"),
  "pipelines/total.yml": transform("total", "transform.paid"),
  "canvas.yml":
    "positions:\n  source.customers: [0, 160]\n  source.orders: [0, 0]\n  transform.paid: [360, 0]\n  transform.total: [720, 0]\n",
};

interface Window {
  readonly page: Page;
  readonly studio: StudioPage;
  readonly hands: Authoring;
  readonly project: TestProject;
}

type Act = (window: Window) => Promise<void>;

/** One row of the table of keys: by mouse, by keyboard, and what then is there. */
interface Row {
  readonly what: string;
  /** The node that is selected before. */
  readonly on?: string;
  readonly mouse: Act;
  readonly keyboard: Act;
  readonly then: Act;
}

const yaml =
  (file: string, ...parts: readonly string[]): Act =>
  async ({ project }) => {
    for (const part of parts) await expect.poll(() => project.read(file).catch(() => "")).toContain(part);
  };
const gone =
  (file: string): Act =>
  ({ project }) =>
    expect.poll(() => project.read(file).catch(() => "gone")).toBe("gone");
const keys =
  (...all: readonly string[]): Act =>
  async ({ page }) => {
    for (const one of all) await page.keyboard.press(one);
  };
/** Opens the menu of a card, or of the empty canvas, and clicks an entry. */
const menu =
  (on: string | null, entry: string): Act =>
  async ({ studio, hands }) => {
    const { canvas } = studio;
    if (on === null) await canvas.box.click({ button: "right", position: { x: 30, y: 30 } });
    else await canvas.card(on).click({ button: "right" });
    await hands.list.getByRole("option", { name: entry }).first().click();
  };
const both =
  (...acts: readonly Act[]): Act =>
  async (window) => {
    for (const act of acts) await act(window);
  };
const pick =
  (words: string): Act =>
  ({ hands }) =>
    hands.choose(words);
const clickEntry =
  (entry: RegExp | string): Act =>
  ({ hands }) =>
    hands.list.getByRole("option", { name: entry }).first().click();
const port = (window: Window, id: string, side: "left" | "right") =>
  window.studio.canvas.card(id).locator("xpath=..").locator(`.react-flow__handle-${side}`);
/** Drags a wire from a card's output to a point of another element. */
const wire =
  (from: string, to: (window: Window) => Promise<{ readonly x: number; readonly y: number }>): Act =>
  async (window) => {
    const box = await port(window, from, "right").boundingBox();
    if (box === null) throw new Error(`${from} has no port`);
    const { mouse } = window.page;
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await mouse.down();
    const end = await to(window);
    await mouse.move(end.x - 20, end.y - 8, { steps: 5 });
    await mouse.move(end.x, end.y, { steps: 5 });
    await mouse.up();
  };
const inputOf =
  (id: string) =>
  async (window: Window): Promise<{ x: number; y: number }> => {
    const box = await port(window, id, "left").boundingBox();
    return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  };
const empty = async ({ studio }: Window): Promise<{ x: number; y: number }> => {
  const box = await studio.canvas.box.boundingBox();
  return { x: (box?.x ?? 0) + 640, y: (box?.y ?? 0) + 470 };
};
const tab =
  (name: string): Act =>
  ({ studio }) =>
    expect(studio.page.getByRole("tab", { name, selected: true }).first()).toBeVisible();
const finishedRun =
  (...ok: readonly string[]): Act =>
  async ({ studio }) => {
    for (const id of ok)
      await expect(studio.canvas.card(id)).toHaveAttribute("data-state", /^(ok|cached)$/, { timeout: 30_000 });
  };
const selected =
  (id: string): Act =>
  ({ studio }) =>
    expect(studio.canvas.card(id)).toHaveAttribute("aria-selected", "true");
const copied =
  (part: string): Act =>
  ({ page }) =>
    expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(part);

const rows: readonly Row[] = [
  {
    what: "quick add",
    mouse: both(
      async ({ studio }) => studio.canvas.box.dblclick({ position: { x: 640, y: 470 } }),
      clickEntry(/^SQL One/),
    ),
    keyboard: both(keys("Escape", "/"), pick("sql")),
    then: yaml("pipelines/query.yml", "select 1 as id"),
  },
  {
    what: "add connected after the selection",
    on: "source.orders",
    mouse: both(wire("source.orders", empty), clickEntry(/^Filter rows/)),
    keyboard: both(keys("."), pick("filter")),
    then: yaml("pipelines/filtered.yml", "ref: source.orders", "from ref('source.orders')"),
  },
  {
    what: "insert on an edge",
    on: "transform.paid",
    mouse: both(async ({ page, studio }) => {
      const [from, to] = await Promise.all([
        studio.canvas.card("transform.paid").boundingBox(),
        studio.canvas.card("transform.total").boundingBox(),
      ]);
      if (from === null || to === null) throw new Error("the edge is not to be seen");
      await page.mouse.move((from.x + from.width + to.x) / 2, from.y + from.height / 2, { steps: 4 });
      await page.locator(".edge-plus").click();
    }, clickEntry(/^Sort/)),
    keyboard: both(keys("e", "e", "a"), pick("sort")),
    then: both(
      yaml("pipelines/sorted.yml", "ref: transform.paid"),
      yaml("pipelines/total.yml", "ref: transform.sorted", "ref('transform.sorted')", "# kept"),
    ),
  },
  {
    what: "deleting a node heals the edge",
    on: "transform.paid",
    mouse: menu("transform.paid", "Delete, and let"),
    keyboard: keys("Delete"),
    then: both(gone("pipelines/paid.yml"), yaml("pipelines/total.yml", "ref: source.orders", "# kept")),
  },
  {
    what: "deleting without healing",
    on: "transform.paid",
    mouse: menu("transform.paid", "Delete without"),
    keyboard: keys("Shift+Delete"),
    then: both(gone("pipelines/paid.yml"), yaml("pipelines/total.yml", "ref: transform.paid")),
  },
  {
    what: "connect",
    on: "source.customers",
    mouse: wire("source.customers", inputOf("transform.total")),
    keyboard: both(keys("c"), pick("total")),
    then: yaml("pipelines/total.yml", "- ref: transform.paid\n  - ref: source.customers"),
  },
  {
    what: "walk the graph",
    on: "source.orders",
    mouse: async ({ studio }) => studio.canvas.card("transform.paid").click(),
    keyboard: keys("ArrowRight", "ArrowRight", "ArrowLeft"),
    then: selected("transform.paid"),
  },
  {
    what: "move a card",
    on: "source.customers",
    mouse: async ({ studio }) => studio.canvas.drag("source.customers", 0, 64),
    keyboard: keys("Alt+ArrowDown", "Alt+ArrowDown"),
    then: ({ project }) => expect.poll(() => project.read("canvas.yml")).not.toContain("source.customers: [0, 160]"),
  },
  {
    what: "command palette",
    mouse: both(
      async ({ page }) => page.getByTitle("Command palette").click(),
      async ({ page }) =>
        page.getByRole("dialog", { name: "Commands" }).getByRole("option", { name: "Show Logs" }).click(),
    ),
    keyboard: both(keys("Control+k"), async ({ page }) => page.keyboard.type("show logs"), keys("Enter")),
    then: tab("Logs"),
  },
  {
    what: "go to file",
    mouse: both(
      async ({ page }) => page.getByTitle("Command palette").click(),
      async ({ page }) =>
        page.getByRole("dialog", { name: "Commands" }).getByRole("option", { name: "Go to file" }).click(),
      clickEntry(/paid\.yml/),
    ),
    keyboard: both(keys("Control+p"), pick("paid.yml")),
    then: both(selected("transform.paid"), tab("Code")),
  },
  {
    what: "find nodes by selector",
    mouse: both(menu(null, "Find"), async ({ page }) => page.keyboard.type("+paid")),
    keyboard: both(keys("Control+f"), async ({ page }) => page.keyboard.type("+paid")),
    then: async ({ page, studio }) => {
      await expect(studio.canvas.card("source.customers")).toHaveAttribute("data-dimmed", "true");
      await expect(studio.canvas.card("source.orders")).toHaveAttribute("data-dimmed", "false");
      await page.keyboard.press("Escape");
    },
  },
  {
    what: "run selected",
    on: "source.orders",
    mouse: menu("source.orders", "Run the selected"),
    keyboard: keys("Control+Enter"),
    then: finishedRun("source.orders"),
  },
  {
    what: "run to here",
    on: "transform.paid",
    mouse: menu("transform.paid", "Run to here"),
    keyboard: keys("Control+Shift+Enter"),
    then: finishedRun("source.orders", "transform.paid"),
  },
  {
    what: "run from here",
    on: "transform.paid",
    mouse: menu("transform.paid", "Run from here"),
    keyboard: keys("Alt+Enter"),
    then: finishedRun("transform.paid", "transform.total"),
  },
  {
    what: "run everything stale",
    mouse: async ({ page }) => page.getByRole("button", { name: "Run everything that is stale" }).click(),
    keyboard: keys("F5"),
    then: finishedRun("source.customers", "transform.total"),
  },
  {
    what: "plan",
    on: "transform.total",
    mouse: menu("transform.total", "Show the plan"),
    keyboard: keys("Control+Alt+Enter"),
    then: tab("Plan"),
  },
  {
    what: "preview",
    on: "source.orders",
    mouse: async ({ studio }) => studio.bottom.show("Preview"),
    keyboard: keys("Space"),
    then: both(tab("Preview"), ({ studio }) => expect(studio.bottom.content).toContainText("2 rows")),
  },
  {
    what: "preview maximised",
    on: "source.orders",
    mouse: async ({ page }) => page.getByRole("button", { name: "Maximise the panel" }).click(),
    keyboard: keys("Shift+Space"),
    then: async ({ page, studio }) => {
      await expect(studio.canvas.box).toBeHidden();
      await page.getByRole("button", { name: "Maximise the panel" }).click();
      await expect(studio.canvas.box).toBeVisible();
    },
  },
  {
    what: "diff against the last run",
    on: "source.orders",
    mouse: async ({ studio }) => studio.bottom.content.getByRole("button", { name: "Diff" }).click(),
    keyboard: keys("d"),
    then: async ({ studio }) => {
      await expect(studio.bottom.content.getByRole("button", { name: "Diff", pressed: true })).toBeVisible();
      await studio.bottom.content.getByRole("button", { name: "Out" }).click();
    },
  },
  {
    what: "undo and redo",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Disable"), menu(null, "Undo"), menu(null, "Redo")),
    keyboard: keys("m", "Control+z", "Control+Shift+z"),
    then: yaml("pipelines/paid.yml", "enabled: false"),
  },
  {
    what: "history",
    mouse: async ({ studio }) => studio.page.getByRole("tab", { name: "History" }).click(),
    keyboard: keys("Control+Alt+z"),
    then: ({ page }) => expect(page.getByRole("list", { name: "History" })).toContainText("Before the first edit"),
  },
  {
    what: "copy and paste",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Copy as YAML"), copied("name: paid # kept"), menu(null, "Paste: nodes")),
    keyboard: both(keys("Control+c"), copied("name: paid # kept"), keys("Control+v")),
    then: yaml("pipelines/paid_2.yml", "name: paid_2 # kept"),
  },
  {
    what: "paste keeping inputs",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Copy as YAML"), copied("paid # kept"), menu(null, "Paste nodes with")),
    keyboard: both(keys("Control+c"), copied("paid # kept"), keys("Control+Shift+v")),
    then: yaml("pipelines/paid_2.yml", "- ref: source.orders"),
  },
  {
    what: "cut",
    on: "transform.total",
    mouse: both(menu("transform.total", "Cut as YAML"), copied("total # kept")),
    keyboard: both(keys("Control+x"), copied("total # kept")),
    then: gone("pipelines/total.yml"),
  },
  {
    what: "duplicate",
    on: "transform.paid",
    mouse: menu("transform.paid", "Duplicate"),
    keyboard: keys("Control+d"),
    then: yaml("pipelines/paid_2.yml", "- ref: source.orders"),
  },
  {
    what: "group and collapse",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Group"), keys("Enter")),
    keyboard: keys("Control+g", "Enter"),
    then: yaml("canvas.yml", "groups:"),
  },
  {
    what: "tidy",
    mouse: async ({ page }) => page.getByRole("button", { name: /^Tidy/ }).click(),
    keyboard: keys("Shift+A"),
    then: ({ project }) => expect.poll(() => project.read("canvas.yml")).not.toContain("transform.total: [720, 0]"),
  },
  {
    what: "fit all and the selection",
    on: "transform.paid",
    mouse: async ({ page }) => page.getByRole("button", { name: /^Fit everything/ }).click(),
    keyboard: keys("2", "1"),
    then: ({ studio }) => expect(studio.canvas.card("transform.total")).toBeInViewport(),
  },
  {
    what: "disable",
    on: "transform.total",
    mouse: menu("transform.total", "Disable"),
    keyboard: keys("m"),
    then: both(yaml("pipelines/total.yml", "enabled: false"), ({ studio }) =>
      studio.canvas.expectState("transform.total", "disabled"),
    ),
  },
  {
    what: "pin",
    on: "transform.total",
    mouse: menu("transform.total", "Pin"),
    keyboard: keys("p"),
    then: yaml("pipelines/total.yml", "pinned: true", "# kept"),
  },
  {
    what: "rename everywhere",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Rename"), async ({ page }) => page.keyboard.type("settled"), keys("Enter")),
    keyboard: both(keys("F2"), async ({ page }) => page.keyboard.type("settled"), keys("Enter")),
    then: both(
      yaml("pipelines/paid.yml", "name: settled # kept"),
      yaml("pipelines/total.yml", "ref('transform.settled')"),
    ),
  },
];

/** Puts every file back as another program would, and waits until the canvas shows it. */
const putBack = async ({ project, page, studio }: Window): Promise<void> => {
  await page.keyboard.press("Escape");
  for (const [file, text] of Object.entries(files)) {
    if ((await project.read(file).catch(() => "")) !== text) await project.write(file, text);
  }
  for (const name of await readdir(join(project.root, "pipelines"))) {
    if (!(`pipelines/${name}` in files)) await rm(join(project.root, "pipelines", name));
  }
  await expect
    .poll(() => studio.canvas.ids())
    .toEqual(["source.customers", "source.orders", "transform.paid", "transform.total"]);
};

for (const way of ["mouse", "keyboard"] as const) {
  test(`everything of the table of keys, by ${way}`, async ({ page, context, complaints }) => {
    test.setTimeout(300_000);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await using project = await ownProject(files);
    await using host = await startStudio(project.root);
    const studio = new StudioPage(page);
    await studio.open(host.url);
    const window = { page, studio, hands: new Authoring(page), project };
    await ready(window);
    // Every row is tried: what does not work is named all at once.
    const failed: string[] = [];
    for (const row of rows) {
      await test.step(row.what, async () => {
        try {
          await tryRow(window, row, way);
        } catch (error) {
          failed.push(`${row.what}: ${String(error)}`);
          await page.reload();
          await ready(window);
        }
      });
    }
    await page.goto("about:blank");
    expect(failed).toEqual([]);
    expect(complaints).toEqual([]);
  });
}

/** The cards are elements a moment after the window is there. */
const ready = async ({ studio }: Window): Promise<void> => {
  await studio.canvas.box.waitFor();
  await expect.poll(async () => (await studio.canvas.ids()).length, { timeout: 60_000 }).toBeGreaterThan(1);
};

const tryRow = async (window: Window, row: Row, way: "mouse" | "keyboard"): Promise<void> => {
  const { studio, page } = window;
  await putBack(window);
  await studio.canvas.box.focus();
  await page.keyboard.press("1");
  if (row.on === undefined) await page.keyboard.press("Escape");
  else await select(window, row.on, way);
  await row[way](window);
  await row.then(window);
};

const select = async ({ page, studio, hands }: Window, id: string, way: "mouse" | "keyboard"): Promise<void> => {
  if (way === "mouse") return studio.canvas.select(id);
  await page.keyboard.press("Control+k");
  await page.keyboard.type(id);
  await page.keyboard.press("Enter");
  await expect(studio.canvas.card(id)).toHaveAttribute("aria-selected", "true");
  await expect(hands.list).toBeHidden();
  return studio.canvas.box.focus();
};
