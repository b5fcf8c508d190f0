import { expect, type Locator, type Page } from "@playwright/test";

/** Presses that reach anything at all: who gets no further is trapped. */
const mostPresses = 250;

/** Where the keys are, as a person sees and hears it. */
export interface Stop {
  readonly what: string;
  /** Neither hidden nor outside of the window. */
  readonly isSeen: boolean;
  /** A ring, or a line of the element's own that only the focus draws. */
  readonly isMarked: boolean;
  readonly isNamed: boolean;
}

/** Hands that have no mouse: each way to anything is pressed, and no element is given the focus from outside. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** From now on the page complains of a mouse. */
  async alone(): Promise<void> {
    await this.#page.addInitScript(() => {
      for (const type of ["pointerdown", "wheel"]) {
        addEventListener(type, () => console.error(`a mouse was used: ${type}`), { capture: true });
      }
    });
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const one of keys) await this.#page.keyboard.press(one);
  }

  async type(words: string): Promise<void> {
    await this.#page.keyboard.type(words);
  }

  /** Presses Tab until something has the keys. */
  async tabTo(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await expect(target.first()).toBeVisible();
    for (let presses = 0; presses < mostPresses; presses++) {
      if (await isFocused(target)) return;
      await this.press(key);
    }
    await expect(target.first(), `reached with ${key}`).toBeFocused();
  }

  /** Tab, then Enter: as a button is pressed. */
  async choose(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await this.tabTo(target, key);
    await this.press("Enter");
  }

  /** Types over what a field holds. */
  async fill(target: Locator, words: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await this.tabTo(target, key);
    await this.press("Control+a");
    await this.type(words);
  }

  /** Takes an answer of a select by the beginning of its words. */
  async pick(target: Locator, words: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await this.tabTo(target, key);
    await this.type(words);
    await expect(target.locator("option:checked")).toHaveText(new RegExp(`^${words}`));
  }

  /** A command of the palette. */
  async command(words: string): Promise<void> {
    await this.press("Control+k");
    await expect(this.#page.getByRole("combobox", { name: "Type a command" })).toBeFocused();
    await this.type(words);
    await expect(this.#page.locator("#palette-list").getByRole("option").first()).toContainText(words);
    await this.press("Enter");
  }

  /** Every stop of a way all around the window with Tab, from where the keys are until they are there again. */
  async around(): Promise<readonly Stop[]> {
    const stops: Stop[] = [];
    for (let presses = 0; presses < mostPresses; presses++) {
      await this.press("Tab");
      const stop = await this.#page.evaluate(stopHere);
      if (stop === null) continue;
      if (stops.length > 0 && stops[0]?.what === stop.what) return stops;
      stops.push(stop);
    }
    throw new Error(
      `Tab leads nowhere: ${stops
        .slice(-5)
        .map(({ what }) => what)
        .join(" → ")}`,
    );
  }
}

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluateAll((all) => all.some((element) => element === document.activeElement));

/** What has the keys now; `null` between the end of the page and its beginning. */
const stopHere = (): Stop | null => {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const after = getComputedStyle(element, "::after");
  const words =
    element.ariaLabel ??
    document.getElementById(element.getAttribute("aria-labelledby") ?? "")?.textContent ??
    ("labels" in element ? (element.labels as NodeListOf<HTMLElement>)[0]?.textContent : null) ??
    (element.textContent || element.title);
  const path = [element.closest("[id], .area, .banner")?.className ?? "", element.className].join(" ");
  return {
    what: `${element.role ?? element.localName} “${(words ?? "").slice(0, 60)}” ${path} at ${Math.round(box.x)}, ${Math.round(box.y)}`,
    isSeen:
      element.checkVisibility() && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    isMarked:
      (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0) ||
      (after.content !== "none" &&
        (Number.parseFloat(after.borderTopWidth) > 0 || after.backgroundColor !== "rgba(0, 0, 0, 0)")),
    isNamed: (words ?? "").trim() !== "",
  };
};
