import { expect } from "@playwright/test";

import { both, clip, copied, gone, keys, menu, yaml } from "../acts.ts";
import type { Row } from "./row.ts";

/** Changing what is there, and taking it back. */
export const editingRows: readonly Row[] = [
  {
    what: "undo and redo",
    on: "transform.paid",
    mouse: both(menu("transform.paid", "Disable"), menu(null, "Undo"), menu(null, "Redo")),
    keyboard: keys("m", "Control+z", "Control+Shift+z"),
    shows: yaml("pipelines/paid.yml", "enabled: false"),
  },
  {
    what: "history",
    mouse: async ({ studio }) => studio.page.getByRole("tab", { name: "Edit history" }).click(),
    keyboard: keys("Control+Alt+z"),
    shows: ({ page }) =>
      expect(page.getByRole("list", { name: "Edit history" })).toContainText("Before the first edit"),
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
