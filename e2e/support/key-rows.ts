// The table of keys, a row each: by mouse, by keyboard, and what then is there.

import { expect } from "@playwright/test";

import {
  type Act,
  both,
  circle,
  clickEntry,
  clip,
  copied,
  empty,
  finishedRun,
  gone,
  inputOf,
  keys,
  menu,
  outputOf,
  pick,
  selected,
  tab,
  wire,
  yaml,
} from "./acts.ts";

const transform = (name: string, input: string): string =>
  `kind: transform\nname: ${name} # kept\ninputs:\n  - ref: ${input}\ntransform: |\n  select * from ref('${input}')\n`;

/** The project that every row begins with. */
export const files = {
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

/** One row of the table of keys: by mouse, by keyboard, and what then is there. */
export interface Row {
  readonly what: string;
  /** The node that is selected before. */
  readonly on?: string;
  readonly mouse: Act;
  readonly keyboard: Act;
  readonly shows: Act;
}

/** Every row, in the order in which they are tried on one window. */
export const rows: readonly Row[] = [
  {
    what: "quick add",
    mouse: both(
      async ({ studio }) => studio.canvas.box.dblclick({ position: { x: 640, y: 470 } }),
      clickEntry(/^SQL One/),
    ),
    keyboard: both(keys("Escape", "/"), pick("sql")),
    shows: yaml("pipelines/query.yml", "select 1 as id"),
  },
  {
    what: "add connected after the selection",
    on: "source.orders",
    mouse: both(wire("source.orders", empty), clickEntry(/^Filter rows/)),
    keyboard: both(keys("."), pick("filter")),
    shows: yaml("pipelines/filtered.yml", "ref: source.orders", "from ref('source.orders')"),
  },
  {
    what: "insert on an edge",
    on: "transform.paid",
    mouse: both(async ({ page, studio }) => {
      const from = await studio.canvas.restingBox("transform.paid");
      const to = await studio.canvas.restingBox("transform.total");
      await page.mouse.move((from.x + from.width + to.x) / 2, from.y + from.height / 2, { steps: 4 });
      await page.locator(".edge-plus").click();
    }, clickEntry(/^Sort/)),
    keyboard: both(keys("e", "e", "a"), pick("sort")),
    shows: both(
      yaml("pipelines/sorted.yml", "ref: transform.paid"),
      yaml("pipelines/total.yml", "ref: transform.sorted", "ref('transform.sorted')", "# kept"),
    ),
  },
  {
    what: "insert on an edge what is dropped on it",
    on: "transform.paid",
    mouse: async ({ page, project, studio }) => {
      await project.write("pipelines/loose.yml", "kind: transform\nname: loose\ntransform: select 1 as id\n");
      const card = await studio.canvas.restingBox("transform.loose");
      const from = await studio.canvas.restingBox("transform.paid");
      const to = await studio.canvas.restingBox("transform.total");
      const { mouse } = page;
      await mouse.move(card.x + card.width / 2, card.y + 12);
      await mouse.down();
      await mouse.move((from.x + from.width + to.x) / 2 - 30, from.y + from.height / 2, { steps: 6 });
      await mouse.move((from.x + from.width + to.x) / 2, from.y + from.height / 2, { steps: 3 });
      await mouse.up();
    },
    keyboard: both(keys("e", "e", "Shift+E"), pick("sort")),
    shows: ({ project }) =>
      expect.poll(() => project.read("pipelines/total.yml")).not.toContain("- ref: transform.paid"),
  },
  {
    what: "deleting a node heals the edge",
    on: "transform.paid",
    mouse: menu("transform.paid", "Delete, and let"),
    keyboard: keys("Delete"),
    shows: both(gone("pipelines/paid.yml"), yaml("pipelines/total.yml", "ref: source.orders", "# kept")),
  },
  {
    what: "deleting without healing",
    on: "transform.paid",
    mouse: menu("transform.paid", "Delete without"),
    keyboard: keys("Shift+Delete"),
    shows: both(gone("pipelines/paid.yml"), yaml("pipelines/total.yml", "ref: transform.paid")),
  },
  {
    what: "connect",
    on: "source.customers",
    mouse: wire("source.customers", inputOf("transform.total")),
    keyboard: both(keys("c"), pick("total")),
    shows: yaml("pipelines/total.yml", "- ref: transform.paid\n  - ref: source.customers"),
  },
  {
    what: "a wrong connection is refused with the reason",
    on: "transform.total",
    mouse: async (window) => {
      const [from, to] = [await outputOf("transform.total")(window), await inputOf("transform.paid")(window)];
      const { mouse } = window.page;
      await mouse.move(from.x, from.y);
      await mouse.down();
      await mouse.move(to.x + 20, to.y + 8, { steps: 5 });
      await mouse.move(to.x, to.y, { steps: 5 });
      await expect(window.page.locator(".wire-reason")).toContainText(circle);
      await mouse.up();
    },
    keyboard: async ({ page, hands }) => {
      await page.keyboard.press("c");
      await hands.choose("is read by");
      await page.keyboard.type("paid");
      await expect(hands.list.getByText(circle)).toBeVisible();
      await page.keyboard.press("Enter");
      await expect(hands.list).toBeVisible();
      await page.keyboard.press("Escape");
    },
    shows: async ({ project }) => expect(await project.read("pipelines/paid.yml")).toBe(files["pipelines/paid.yml"]),
  },
  {
    what: "walk the graph",
    on: "source.orders",
    mouse: async ({ studio }) => studio.canvas.card("transform.paid").click(),
    keyboard: keys("ArrowRight", "ArrowRight", "ArrowLeft"),
    shows: selected("transform.paid"),
  },
  {
    what: "walk among siblings",
    on: "source.orders",
    mouse: async ({ studio }) => studio.canvas.card("source.customers").click(),
    keyboard: keys("ArrowDown", "ArrowUp", "ArrowDown"),
    shows: selected("source.customers"),
  },
  {
    what: "move a card",
    on: "source.customers",
    mouse: async ({ studio }) => studio.canvas.drag("source.customers", 0, 64),
    // One step is one write: a second one could come after the file was put back.
    keyboard: keys("Alt+ArrowDown"),
    shows: ({ project }) => expect.poll(() => project.read("canvas.yml")).not.toContain("source.customers: [0, 160]"),
  },
  {
    what: "command palette",
    mouse: both(
      async ({ page }) => page.getByTitle("Command palette").click(),
      async ({ page }) =>
        page.getByRole("dialog", { name: "Commands" }).getByRole("option", { name: "Show Logs" }).click(),
    ),
    keyboard: both(keys("Control+k"), async ({ page }) => page.keyboard.type("show logs"), keys("Enter")),
    shows: tab("Logs"),
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
    shows: both(selected("transform.paid"), tab("Code")),
  },
  {
    what: "find nodes by selector",
    mouse: both(menu(null, "Find"), async ({ page }) => page.keyboard.type("+paid")),
    keyboard: both(keys("Control+f"), async ({ page }) => page.keyboard.type("+paid")),
    shows: async ({ page, studio }) => {
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
    shows: finishedRun("source.orders"),
  },
  {
    what: "run to here",
    on: "transform.paid",
    mouse: menu("transform.paid", "Run to here"),
    keyboard: keys("Control+Shift+Enter"),
    shows: finishedRun("source.orders", "transform.paid"),
  },
  {
    what: "run from here",
    on: "transform.paid",
    mouse: menu("transform.paid", "Run from here"),
    keyboard: keys("Alt+Enter"),
    shows: finishedRun("transform.paid", "transform.total"),
  },
  {
    what: "run everything stale",
    mouse: async ({ page }) => page.getByRole("button", { name: "Run everything that is stale" }).click(),
    keyboard: keys("F5"),
    shows: finishedRun("source.customers", "transform.total"),
  },
  {
    what: "plan",
    on: "transform.total",
    mouse: menu("transform.total", "Show the plan"),
    keyboard: keys("Control+Alt+Enter"),
    shows: tab("Plan"),
  },
  {
    what: "preview",
    on: "source.orders",
    mouse: async ({ studio }) => studio.bottom.show("Preview"),
    keyboard: keys("Space"),
    shows: both(tab("Preview"), ({ studio }) => expect(studio.bottom.content).toContainText("2 rows")),
  },
  {
    what: "preview maximised",
    on: "source.orders",
    mouse: async ({ page }) => page.getByRole("button", { name: "Maximise the panel" }).click(),
    keyboard: keys("Shift+Space"),
    shows: async ({ page, studio }) => {
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
    shows: async ({ studio }) => {
      await expect(studio.bottom.content.getByRole("button", { name: "Diff", pressed: true })).toBeVisible();
      await studio.bottom.content.getByRole("button", { name: "Out" }).click();
    },
  },
  {
    what: "undo and redo",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Disable"), menu(null, "Undo"), menu(null, "Redo")),
    keyboard: keys("m", "Control+z", "Control+Shift+z"),
    shows: yaml("pipelines/paid.yml", "enabled: false"),
  },
  {
    what: "history",
    mouse: async ({ studio }) => studio.page.getByRole("tab", { name: "History" }).click(),
    keyboard: keys("Control+Alt+z"),
    shows: ({ page }) => expect(page.getByRole("list", { name: "History" })).toContainText("Before the first edit"),
  },
  {
    what: "copy and paste",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Copy as YAML"), copied("name: paid # kept"), menu(null, "Paste: nodes")),
    keyboard: both(keys("Control+c"), copied("name: paid # kept"), keys("Control+v")),
    shows: yaml("pipelines/paid_2.yml", "name: paid_2 # kept"),
  },
  {
    what: "paste keeping inputs",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Copy as YAML"), copied("paid # kept"), menu(null, "Paste nodes with")),
    keyboard: both(keys("Control+c"), copied("paid # kept"), keys("Control+Shift+v")),
    shows: yaml("pipelines/paid_2.yml", "- ref: source.orders"),
  },
  {
    what: "paste a query",
    mouse: both(clip("select 1 as pasted_column"), menu(null, "Paste: nodes")),
    keyboard: both(clip("select 1 as pasted_column"), keys("Control+v")),
    shows: yaml("pipelines/pasted.yml", "select 1 as pasted_column"),
  },
  {
    what: "paste a table",
    mouse: both(clip("pasted_id,amount\n1,2.50\n"), menu(null, "Paste: nodes")),
    keyboard: both(clip("pasted_id,amount\n1,2.50\n"), keys("Control+v")),
    shows: yaml("pipelines/pasted.yml", "source: csv", "pasted_id"),
  },
  {
    what: "cut",
    on: "transform.total",
    mouse: both(menu("transform.total", "Cut as YAML"), copied("total # kept")),
    keyboard: both(keys("Control+x"), copied("total # kept")),
    shows: gone("pipelines/total.yml"),
  },
  {
    what: "duplicate",
    on: "transform.paid",
    mouse: menu("transform.paid", "Duplicate"),
    keyboard: keys("Control+d"),
    shows: yaml("pipelines/paid_2.yml", "- ref: source.orders"),
  },
  {
    what: "group and collapse",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Group"), keys("Enter")),
    keyboard: keys("Control+g", "Enter"),
    shows: yaml("canvas.yml", "groups:"),
  },
  {
    what: "tidy",
    mouse: async ({ page }) => page.getByRole("button", { name: /^Tidy/ }).click(),
    keyboard: keys("Shift+A"),
    shows: ({ project }) => expect.poll(() => project.read("canvas.yml")).not.toContain("transform.total: [720, 0]"),
  },
  {
    what: "fit the selection",
    on: "transform.paid",
    mouse: menu("transform.paid", "Fit the selection"),
    keyboard: keys("2"),
    shows: ({ studio }) => expect(studio.statusBar).toContainText("100 %"),
  },
  {
    what: "fit everything",
    on: "transform.paid",
    mouse: async ({ page }) => page.getByRole("button", { name: /^Fit everything/ }).click(),
    keyboard: keys("2", "1"),
    shows: async ({ studio }) => {
      await expect(studio.canvas.card("transform.total")).toBeInViewport();
      await expect(studio.canvas.card("source.orders")).toBeInViewport();
    },
  },
  {
    what: "disable",
    on: "transform.total",
    mouse: menu("transform.total", "Disable"),
    keyboard: keys("m"),
    shows: both(yaml("pipelines/total.yml", "enabled: false"), ({ studio }) =>
      studio.canvas.expectState("transform.total", "disabled"),
    ),
  },
  {
    what: "pin",
    on: "transform.total",
    mouse: menu("transform.total", "Pin"),
    keyboard: keys("p"),
    shows: yaml("pipelines/total.yml", "pinned: true", "# kept"),
  },
  {
    what: "rename everywhere",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Rename"), async ({ page }) => page.keyboard.type("settled"), keys("Enter")),
    keyboard: both(keys("F2"), async ({ page }) => page.keyboard.type("settled"), keys("Enter")),
    shows: both(
      yaml("pipelines/paid.yml", "name: settled # kept"),
      yaml("pipelines/total.yml", "ref('transform.settled')"),
    ),
  },
];
