import { expect } from "@playwright/test";

import { both, clickEntry, keys, menu, pick, selected, tab } from "../acts.ts";
import type { Row } from "./row.ts";

/** Going about the graph and the window. */
export const goingRows: readonly Row[] = [
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
];
