import type { Locator, Page } from "@playwright/test";

/** The panel below the canvas. */
export class BottomPanel {
  readonly #area: Locator;

  constructor(page: Page) {
    this.#area = page.getByRole("region", { name: "Panel", exact: true });
  }

  get content(): Locator {
    return this.#area.locator("#bottom-panel");
  }

  async show(tab: "Preview" | "Run" | "Problems" | "Logs" | "Query" | "Materialize"): Promise<void> {
    await this.#area.getByRole("tab", { name: tab }).click();
  }

  /** The names of the table's columns. */
  async columns(): Promise<readonly string[]> {
    return this.content.locator("thead .column-name").allInnerTexts();
  }

  /** The cells of a row, counted from 0. */
  async row(at: number): Promise<readonly string[]> {
    return this.content.locator("tbody tr").nth(at).locator("td").allInnerTexts();
  }
}
