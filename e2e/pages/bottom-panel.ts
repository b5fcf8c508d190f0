import type { Locator, Page } from "@playwright/test";

import { TableGrid } from "./table-grid.ts";

/** The panel below the canvas. */
export class BottomPanel {
  readonly #page: Page;
  readonly #area: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#area = page.getByRole("region", { name: "Panel", exact: true });
  }

  get content(): Locator {
    return this.#area.locator("#bottom-panel");
  }

  /** The table of the preview or of a query's answer. */
  get table(): TableGrid {
    return new TableGrid(this.#page, this.content);
  }

  async show(tab: "Preview" | "Run" | "Problems" | "Logs" | "Query" | "Materialize"): Promise<void> {
    await this.#area.getByRole("tab", { name: tab }).click();
  }

  /** The names of the table's columns. */
  async columns(): Promise<readonly string[]> {
    return this.table.columns();
  }

  /** The cells of a row, counted from 0. */
  async row(at: number): Promise<readonly string[]> {
    return this.table.texts(at);
  }
}
