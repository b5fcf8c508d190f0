import { expect, type Locator, type Page } from "@playwright/test";

/** The pipeline as it is drawn. */
export class Canvas {
  readonly #page: Page;
  readonly box: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.box = page.getByRole("listbox", { name: "Pipeline" });
  }

  card(id: string): Locator {
    return this.box.locator(`[data-node="${id}"]`);
  }

  /** Ids of the cards that are drawn as elements. */
  async ids(): Promise<readonly string[]> {
    // In one look: a card that goes in between would be waited for.
    const cards = this.box.locator("[role='option'][data-node]");
    return cards.evaluateAll((found) => found.map((card) => card.getAttribute("data-node") ?? "").toSorted());
  }

  /** As a person does: who clicked where a card has just moved away from clicks again. */
  async select(id: string): Promise<void> {
    await expect(async () => {
      await this.card(id).click({ timeout: 5000 });
      await expect(this.card(id)).toHaveAttribute("aria-selected", "true", { timeout: 1000 });
    }).toPass({ timeout: 30_000 });
  }

  /** Where a card is once it rests: on a busy machine frames are rare, so it is frames that count, not moments. */
  async restingBox(id: string): Promise<NonNullable<Awaited<ReturnType<Locator["boundingBox"]>>>> {
    const mounted = this.box.locator(`.flow [role='option'][data-node="${id}"]`);
    await expect(mounted).toBeVisible();
    await this.#page.evaluate(framesWithoutMoving, id);
    const box = await mounted.boundingBox();
    if (box === null) throw new Error(`${id} is not to be seen`);
    return box;
  }

  /** Drags a card by pixels, in steps as a hand would. */
  async drag(id: string, dx: number, dy: number): Promise<void> {
    const box = await this.restingBox(id);
    const { mouse } = this.#page;
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await mouse.down();
    await mouse.move(box.x + box.width / 2 + dx / 2, box.y + box.height / 2 + dy / 2, { steps: 4 });
    await mouse.move(box.x + box.width / 2 + dx, box.y + box.height / 2 + dy, { steps: 4 });
    await mouse.up();
  }

  /** `ok`, `stale`, `failed`, …: the state that the card shows. */
  async expectState(id: string, state: string): Promise<void> {
    await expect(this.card(id)).toHaveAttribute("data-state", state, { timeout: 30_000 });
  }

  /** Writes down each state that a card shows from now on, however short; what is returned tells those so far. */
  async statesFromNowOn(id: string): Promise<() => Promise<readonly string[]>> {
    const seen = await this.box.locator(`.flow [data-node="${id}"]`).evaluateHandle(writeStatesDown);
    return () => seen.jsonValue();
  }
}

/** In the page: the list grows with the card's states. */
const writeStatesDown = (card: Element): string[] => {
  const states = [card.getAttribute("data-state") ?? ""];
  const look = (): void => {
    const state = card.getAttribute("data-state") ?? "";
    if (state !== states.at(-1)) states.push(state);
  };
  new MutationObserver(look).observe(card, { attributeFilter: ["data-state"] });
  return states;
};

/**
 * Waits until a card has been in the same place for some frames, and no hand moves anything. The element that only a
 * screen reader hears, while a card is not mounted, lies elsewhere and does not count.
 */
const framesWithoutMoving = async (id: string): Promise<void> => {
  let before = "";
  for (let same = 0; same < 5;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const card = document.querySelector(`.canvas .flow [role='option'][data-node="${id}"]`);
    const { x, y, width } = card?.getBoundingClientRect() ?? { x: 0, y: 0, width: 0 };
    const now = document.querySelector(".canvas[data-moving]") === null && width > 0 ? `${x} ${y} ${width}` : "";
    same = now !== "" && now === before ? same + 1 : 0;
    before = now;
  }
};
