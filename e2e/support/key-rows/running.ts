import { expect } from "@playwright/test";

import { both, finishedRun, keys, menu, tab } from "../acts.ts";
import type { Row } from "./row.ts";

/** Runs, and tables as they are looked at. */
export const runningRows: readonly Row[] = [
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
];
