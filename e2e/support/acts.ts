// Short ways to say what hands do in the window and what is then to be seen.

import { expect, type Page } from "@playwright/test";

import type { Authoring } from "../pages/authoring.ts";
import type { StudioPage } from "../pages/studio-page.ts";
import type { TestProject } from "./studio-host.ts";

/** A window on a project, and the hands that work in it. */
export interface Window {
  readonly page: Page;
  readonly studio: StudioPage;
  readonly hands: Authoring;
  readonly project: TestProject;
}

/** One thing that is done or seen. */
export type Act = (window: Window) => Promise<void>;

export const yaml =
  (file: string, ...parts: readonly string[]): Act =>
  async ({ project }) => {
    for (const part of parts) await expect.poll(() => project.read(file).catch(() => "")).toContain(part);
  };
export const gone =
  (file: string): Act =>
  ({ project }) =>
    expect.poll(() => project.read(file).catch(() => "gone")).toBe("gone");
export const keys =
  (...all: readonly string[]): Act =>
  async ({ page }) => {
    for (const one of all) await page.keyboard.press(one);
  };
/** Opens the menu of a card, or of the empty canvas, and clicks an entry. */
export const menu =
  (on: string | null, entry: string): Act =>
  async ({ studio, hands }) => {
    const { canvas } = studio;
    if (on === null) await canvas.box.click({ button: "right", position: { x: 30, y: 30 } });
    else await canvas.card(on).click({ button: "right" });
    await hands.list.getByRole("option", { name: entry }).first().click();
  };
export const both =
  (...acts: readonly Act[]): Act =>
  async (window) => {
    for (const act of acts) await act(window);
  };
export const pick =
  (words: string): Act =>
  ({ hands }) =>
    hands.choose(words);
export const clickEntry =
  (entry: RegExp | string): Act =>
  ({ hands }) =>
    hands.list.getByRole("option", { name: entry }).first().click();
const port = (window: Window, id: string, side: "left" | "right") =>
  window.studio.canvas.card(id).locator("xpath=..").locator(`.react-flow__handle-${side}`);
/** Drags a wire from a card's output to a point of another element. */
export const wire =
  (from: string, to: (window: Window) => Promise<{ readonly x: number; readonly y: number }>): Act =>
  async (window) => {
    const start = await outputOf(from)(window);
    const { mouse } = window.page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    const end = await to(window);
    await mouse.move(end.x - 20, end.y - 8, { steps: 5 });
    await mouse.move(end.x, end.y, { steps: 5 });
    await mouse.up();
  };
const middleOf =
  (side: "left" | "right") =>
  (id: string) =>
  async (window: Window): Promise<{ x: number; y: number }> => {
    await window.studio.canvas.restingBox(id);
    const box = await port(window, id, side).boundingBox();
    if (box === null) throw new Error(`${id} has no port there`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
export const inputOf = middleOf("left");
export const outputOf = middleOf("right");
export const circle = "That would be a circle: paid → total → paid";
export const empty = async ({ studio }: Window): Promise<{ x: number; y: number }> => {
  const box = await studio.canvas.box.boundingBox();
  return { x: (box?.x ?? 0) + 640, y: (box?.y ?? 0) + 470 };
};
export const tab =
  (name: string): Act =>
  ({ studio }) =>
    expect(studio.page.getByRole("tab", { name, selected: true }).first()).toBeVisible();
export const finishedRun =
  (...ok: readonly string[]): Act =>
  async ({ studio }) => {
    for (const id of ok)
      await expect(studio.canvas.card(id)).toHaveAttribute("data-state", /^(ok|cached)$/, { timeout: 30_000 });
  };
export const selected =
  (id: string): Act =>
  ({ studio }) =>
    expect(studio.canvas.card(id)).toHaveAttribute("aria-selected", "true");
export const copied =
  (part: string): Act =>
  ({ page }) =>
    expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(part);
/** Copies a text, as another program would. */
export const clip =
  (words: string): Act =>
  ({ page }) =>
    page.evaluate((text) => navigator.clipboard.writeText(text), words);
