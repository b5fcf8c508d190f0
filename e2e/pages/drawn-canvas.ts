import { expect, type Locator, type Page } from "@playwright/test";

import type { Canvas } from "./canvas.ts";

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What is drawn on the canvas rather than standing on it as elements: reached by where it is. */
export class DrawnCanvas {
  readonly #page: Page;
  readonly #canvas: Canvas;
  /** The one card, edge or nothing that a screen reader is at. */
  readonly heard: Locator;
  readonly find: Locator;
  readonly minimap: Locator;
  readonly groupTitle: Locator;
  readonly note: Locator;

  constructor(page: Page, canvas: Canvas) {
    this.#page = page;
    this.#canvas = canvas;
    this.heard = canvas.box.locator(".canvas-heard");
    this.find = page.getByRole("textbox", { name: "Find nodes" });
    this.minimap = page.locator(".minimap");
    this.groupTitle = page.getByRole("textbox", { name: "Title of the group" });
    this.note = page.getByRole("textbox", { name: "Note", exact: true });
  }

  /** Where the middle of a mounted card is. */
  async middle(id: string): Promise<Place> {
    const box = await this.#canvas.restingBox(id);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** The title of the group whose uppermost card this is. */
  async titleOver(id: string): Promise<Place> {
    const { x, y, height } = await this.#canvas.restingBox(id);
    return { x: x + height / 2, y: y - height / 2 };
  }

  /** The middle of the edge between two mounted cards. */
  async edgeMiddle(from: string, to: string): Promise<Place> {
    const [one, other] = [await this.#canvas.restingBox(from), await this.#canvas.restingBox(to)];
    return { x: (one.x + one.width + other.x) / 2, y: (one.y + one.height / 2 + other.y + other.height / 2) / 2 };
  }

  /** Zooms out so many steps by keyboard; where a place of before is afterwards. */
  async zoomOut(steps: number): Promise<(before: Place) => Place> {
    const box = await this.#canvas.box.boundingBox();
    if (box === null) throw new Error("there is no canvas");
    await this.#canvas.box.focus();
    for (let step = 0; step < steps; step++) await this.#page.keyboard.press("Control+-");
    const scale = 0.8 ** steps;
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    return ({ x, y }) => ({ x: middle.x + (x - middle.x) * scale, y: middle.y + (y - middle.y) * scale });
  }

  async click({ x, y }: Place): Promise<void> {
    await this.#page.mouse.click(x, y);
  }

  /** Drags from one place to another as a hand would. */
  async drag(from: Place, to: Place): Promise<void> {
    const { mouse } = this.#page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
  }

  /** Draws a lasso from corner to corner. */
  async lasso(from: Place, to: Place): Promise<void> {
    await this.#page.keyboard.down("Shift");
    await this.drag(from, to);
    await this.#page.keyboard.up("Shift");
  }

  /** Ids of the mounted cards that a search has made faint. */
  async dimmed(): Promise<readonly string[]> {
    const cards = await this.#canvas.box.locator('[data-node][data-dimmed="true"]').all();
    const ids = await Promise.all(cards.map((card) => card.getAttribute("data-node")));
    return ids.flatMap((id) => id ?? []).toSorted();
  }

  /** The card that the keys are at, seen or only heard. */
  async expectAt(id: string): Promise<void> {
    await expect(this.#canvas.card(id)).toHaveAttribute("aria-selected", "true");
    const element = await this.#canvas.card(id).getAttribute("id");
    await expect(this.#canvas.box).toHaveAttribute("aria-activedescendant", element ?? "");
  }
}
