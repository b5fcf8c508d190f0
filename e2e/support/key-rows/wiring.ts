import { expect } from "@playwright/test";

import { both, circle, clickEntry, empty, gone, inputOf, keys, menu, outputOf, pick, wire, yaml } from "../acts.ts";
import { files, type Row } from "./row.ts";

/** Nodes and the edges between them. */
export const wiringRows: readonly Row[] = [
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
];
